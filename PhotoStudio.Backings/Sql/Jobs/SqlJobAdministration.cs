using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <summary>Everybody's jobs, in a relational database.</summary>
public sealed class SqlJobAdministration(StudioDatabase database) : IJobAdministration
{
    /// <inheritdoc/>
    public Task<QueueOverview> QueueAsync(int owners, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, now, token) =>
        {
            var unfinished = db.Jobs.AsNoTracking().Where(row => row.FinishedAt == null);
            var lanes = new List<LaneDepth>();
            foreach (var lane in Enum.GetValues<JobLane>())
            {
                var here = unfinished.Where(row => row.Lane == lane);
                var due = here.Where(row => row.State == JobState.Pending && row.NotBefore <= now);
                lanes.Add(new LaneDepth(
                    lane,
                    await due.LongCountAsync(token),
                    await here.LongCountAsync(row => row.State == JobState.Pending && row.NotBefore > now, token),
                    await here.LongCountAsync(row => row.State == JobState.Processing, token),
                    await due.OrderBy(row => row.CreatedAt).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(token)));
            }

            var busiest = await unfinished.GroupBy(row => row.Owner)
                .Select(jobs => new { Owner = jobs.Key, All = jobs.Count(), Processing = jobs.Sum(row => row.State == JobState.Processing ? 1 : 0) })
                .OrderByDescending(depth => depth.All).ThenBy(depth => depth.Owner)
                .Take(owners)
                .ToListAsync(token);
            return new QueueOverview(
                lanes,
                busiest.ConvertAll(depth => new OwnerDepth(Owner.Parse(depth.Owner), depth.All - depth.Processing, depth.Processing)),
                await db.Jobs.LongCountAsync(row => row.DeadLetter, token));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> RunningAsync(int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Job>>(
        async (db, token) =>
        {
            var rows = await db.Jobs.AsNoTracking().Where(row => row.FinishedAt == null && row.State == JobState.Processing)
                .OrderBy(row => row.StartedAt).ThenBy(row => row.Id).Take(limit).ToListAsync(token);
            return rows.ConvertAll(RowMapping.ToJob);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Job>> DeadLettersAsync(string? operation, PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            var rows = db.Jobs.AsNoTracking().Where(row => row.DeadLetter);
            if (operation is not null) rows = rows.Where(row => row.Operation == operation);
            return (await rows.OrderByDescending(row => row.FinishedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token)).Select(RowMapping.ToJob);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> ReplayAsync(Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, now, token) =>
        {
            if (await db.Jobs.SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return null;
            if (JobLifecycle.Replay(row.ToJob(), now) is not { } job) return null;

            // What lost attempts left is looked for when it ends again; until then a new attempt's blobs are nobody's litter.
            row.Apply(job);
            (row.RungAt, row.UntidySince) = (null, null);
            if (job.FlowId is { } flowId)
            {
                var flow = await db.Flows.SingleAsync(found => found.Id == flowId, token);
                flow.Apply(FlowLifecycle.Revive(flow.ToFlow(), job));
            }

            await db.SaveChangesAsync(token);
            return job;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> DiscardAsync(Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, _, token) =>
        {
            if (await db.Jobs.SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return null;
            if (JobLifecycle.Discard(row.ToJob()) is not { } job) return null;

            row.Apply(job);
            await db.SaveChangesAsync(token);
            return job;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> RemoveFinishedAsync(TimeSpan age, int limit, CancellationToken cancellationToken) => database.WriteAsync(
        WriteMode.Latest,
        async (db, now, token) =>
        {
            var before = now - age;
            var alone = db.Jobs.Where(row => row.FlowId == null && row.FinishedAt < before && !row.DeadLetter && row.UntidySince == null);
            var ids = await alone.OrderBy(row => row.Id).Select(row => row.Id).Take(limit).ToListAsync(token);
            var flows = await db.Flows
                .Where(flow => flow.FinishedAt < before && !db.Jobs.Any(row => row.FlowId == flow.Id && (row.FinishedAt == null || row.DeadLetter || row.UntidySince != null)))
                .Where(flow => flow.BatchId == null || !db.Flows.Any(other => other.BatchId == flow.BatchId && (other.FinishedAt == null || other.FinishedAt >= before)))
                .OrderBy(flow => flow.Id).Take(limit)
                .Select(flow => new { flow.Id, flow.BatchId })
                .ToListAsync(token);
            var flowIds = flows.ConvertAll(flow => (Guid?)flow.Id);
            ids.AddRange(await db.Jobs.Where(row => flowIds.Contains(row.FlowId)).Select(row => row.Id).ToListAsync(token));
            if (ids.Count == 0) return 0;

            await db.Images.Where(image => image.JobId != null && ids.Contains(image.JobId.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(image => image.JobId, (Guid?)null), token);
            var removed = await db.Jobs.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(token);
            await db.Flows.Where(flow => flowIds.Contains(flow.Id)).ExecuteDeleteAsync(token);
            var batches = flows.Select(flow => flow.BatchId).OfType<Guid>().Distinct().ToList();
            await db.Batches.Where(batch => batches.Contains(batch.Id) && !db.Flows.Any(flow => flow.BatchId == batch.Id)).ExecuteDeleteAsync(token);
            return removed;
        },
        cancellationToken);
}
