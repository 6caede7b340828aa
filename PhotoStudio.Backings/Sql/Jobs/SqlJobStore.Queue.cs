using Microsoft.EntityFrameworkCore;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <content>The order in which jobs wait.</content>
public sealed partial class SqlJobStore
{
    /// <summary>How many completed jobs the mean duration is taken over.</summary>
    private const int DurationSample = 20;

    /// <summary>
    /// Every job that waits and is due ({0}: now), with its place within its owner. Running jobs count, so that an owner whose first
    /// job runs does not come first again with the second. {1}: a job to count as due although it pauses.
    /// </summary>
    private const string Line =
        """
        SELECT id, owner, lane, state, created_at,
            ROW_NUMBER() OVER (
                PARTITION BY owner, lane
                ORDER BY CASE state WHEN 'processing' THEN 0 ELSE 1 END, created_at, id) AS place
        FROM jobs
        WHERE finished_at IS NULL AND (state = 'processing' OR not_before <= {0} OR id = {1})
        """;

    /// <summary>Those who are next and were not rung since {2}, at most {3}, and of an owner and lane at most {4} with those that run.</summary>
    private const string Due =
        $$"""
        SELECT jobs.id AS "Value" FROM ({{Line}}) AS line JOIN jobs ON jobs.id = line.id
        WHERE jobs.state = 'pending' AND line.place <= {4} AND (jobs.rung_at IS NULL OR jobs.rung_at <= {2})
        ORDER BY line.lane, line.place, line.created_at, line.id
        LIMIT {3}
        """;

    private const string Ahead =
        $$"""
        SELECT ahead AS "Value" FROM (
            SELECT id, ROW_NUMBER() OVER (ORDER BY lane, place, created_at, id) - 1 AS ahead
            FROM ({{Line}}) AS line
            WHERE state = 'pending') AS numbered
        WHERE id = {1}
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueJob>> TakeDueAsync(int limit, TimeSpan again, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<DueJob>>(
            WriteMode.Latest,
            async (db, now, token) =>
            {
                var ids = await db.Database
                    .SqlQueryRaw<Guid>(db.Taking(Due, "jobs"), db.Stored(now), Guid.Empty, db.Stored(now - again), limit, _options.MaxRunningPerOwner)
                    .ToListAsync(token);
                if (ids.Count == 0) return [];

                // Not a change of the job: its version stays, so that ringing never makes a claim look again.
                var taken = db.Jobs.Where(row => ids.Contains(row.Id) && row.State == JobState.Pending);
                await taken.ExecuteUpdateAsync(set => set.SetProperty(row => row.RungAt, now), token);
                var jobs = await taken.Select(row => new DueJob(row.Id, row.Lane, row.TraceParent)).ToDictionaryAsync(job => job.Id, token);
                return [.. ids.Where(jobs.ContainsKey).Select(id => jobs[id])];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<QueueStanding> StandingAsync(Job job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return database.ReadAsync(
            async (db, now, token) =>
            {
                var ahead = await db.Database.SqlQueryRaw<long>(Ahead, db.Stored(now), job.Id).ToListAsync(token);
                var running = await db.Jobs.CountAsync(row => row.FinishedAt == null && row.State == JobState.Processing, token);
                return new QueueStanding((int)ahead.FirstOrDefault(), running, await MeanDurationAsync(db, job.Operation, token));
            },
            cancellationToken);
    }

    /// <summary>The mean run time of an operation's latest completed jobs; null when there are none.</summary>
    internal static async Task<TimeSpan?> MeanDurationAsync(StudioDbContext db, string operation, CancellationToken cancellationToken)
    {
        var latest = await db.Jobs
            .Where(row => row.Operation == operation && row.State == JobState.Completed)
            .OrderByDescending(row => row.FinishedAt)
            .Take(DurationSample)
            .Select(row => new { row.StartedAt, row.FinishedAt })
            .ToListAsync(cancellationToken);
        var durations = latest.Select(run => (run.FinishedAt - run.StartedAt)?.Ticks).OfType<long>().ToList();
        return durations.Count == 0 ? null : TimeSpan.FromTicks((long)durations.Average());
    }
}
