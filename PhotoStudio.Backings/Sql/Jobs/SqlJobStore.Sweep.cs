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
