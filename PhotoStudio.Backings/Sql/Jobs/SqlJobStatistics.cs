using Microsoft.EntityFrameworkCore;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <summary>Sums over jobs in a relational database.</summary>
public sealed class SqlJobStatistics(StudioDatabase database) : IJobStatistics
{
    private const int LatestJobs = 200;
    private const int MostDays = 31;

    /// <inheritdoc/>
    public Task<JobStatistics> OfAsync(Owner owner, int days, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        var name = owner.Text;
        return database.ReadAsync(
            async (db, now, token) =>
            {
                var jobs = db.Jobs.AsNoTracking().Where(row => row.Owner == name);
                var sums = await jobs.GroupBy(row => new { row.State, row.Operation })
                    .Select(group => new { group.Key.State, group.Key.Operation, Jobs = group.LongCount() }).ToListAsync(token);
                var latest = await jobs.Where(row => row.State == JobState.Completed && row.StartedAt != null && row.FinishedAt != null)
                    .OrderByDescending(row => row.CreatedAt).Take(LatestJobs).Select(row => new { row.StartedAt, row.FinishedAt }).ToListAsync(token);

                var perDay = new List<(DateOnly, long)>(days);
                var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
                for (var ago = days - 1; ago >= 0; ago--)
                {
                    DateTimeOffset from = today.AddDays(-ago), before = from.AddDays(1);
                    perDay.Add((DateOnly.FromDateTime(from.UtcDateTime), await jobs.LongCountAsync(row => row.CreatedAt >= from && row.CreatedAt < before, token)));
                }

                return new JobStatistics(
                    sums.GroupBy(sum => sum.State).ToDictionary(group => group.Key, group => group.Sum(sum => sum.Jobs)),
                    sums.GroupBy(sum => sum.Operation, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(sum => sum.Jobs), StringComparer.Ordinal),
                    latest.Count == 0 ? null : TimeSpan.FromTicks((long)latest.Average(job => (job.FinishedAt!.Value - job.StartedAt!.Value).Ticks)),
                    perDay);
            },
            cancellationToken);
    }
}
