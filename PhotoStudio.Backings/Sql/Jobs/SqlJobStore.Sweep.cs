using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <content>What the sweeper asks for.</content>
public sealed partial class SqlJobStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ExpireLeasesAsync(int limit, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<Job>>(
            async (db, now, token) =>
            {
                var rows = await db.Jobs
                    .Where(row => row.State == JobState.Processing && row.LeaseUntil <= now)
                    .OrderBy(row => row.LeaseUntil)
                    .Take(limit)
                    .ToListAsync(token);
                var expired = new List<Job>(rows.Count);
                foreach (var row in rows)
                {
                    if (JobLifecycle.Expire(row.ToJob(), _options.Retry, now) is not { } job) continue;
                    await WriteAsync(db, row, job, [], now, token);
                    expired.Add(job);
                }

                await db.SaveChangesAsync(token);
                return expired;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> AbandonLeasesAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                // Not a change of the jobs: what an ended lease means is for the lifecycle to say when it expires.
                await db.Jobs.Where(row => row.State == JobState.Pending && row.RungAt != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.RungAt, (DateTimeOffset?)null), token);
                return await db.Jobs.Where(row => row.State == JobState.Processing)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, (DateTimeOffset?)now), token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LitteredJob>> LitteredAsync(TimeSpan grace, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LitteredJob>>(
            async (db, now, token) =>
            {
                var latest = now - grace;
                var rows = await db.Jobs.AsNoTracking()
                    .Where(row => row.UntidySince <= latest)
                    .OrderBy(row => row.UntidySince)
                    .Take(limit)
                    .ToListAsync(token);
                if (rows.Count == 0) return [];

                var ids = rows.ConvertAll(row => (Guid?)row.Id);
                var keys = await db.Images
                    .Where(image => ids.Contains(image.JobId))
                    .OrderBy(image => image.Position)
                    .Select(image => new { image.JobId, image.BlobKey })
                    .ToListAsync(token);
                var keysByJob = keys.ToLookup(image => image.JobId, image => image.BlobKey);
                return rows.ConvertAll(row => new LitteredJob(row.ToJob(), [.. keysByJob[row.Id]]));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task MarkTidyAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (db, _, token) => db.Jobs.Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UntidySince, (DateTimeOffset?)null), token),
            cancellationToken);
}
