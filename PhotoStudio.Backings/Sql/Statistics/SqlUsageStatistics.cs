using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Statistics;

namespace PhotoStudio.Backings.Sql.Statistics;

/// <summary>Usage statistics in a relational database.</summary>
public sealed class SqlUsageStatistics(StudioDatabase database) : IUsageStatistics
{
    /// <inheritdoc/>
    public Task<int> RefreshAsync(int days, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, now, token) =>
        {
            var today = DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
            for (var day = today - days + 1; day <= today; day++)
            {
                var from = new DateTimeOffset(DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
                var until = from.AddDays(1);
                var ended = await db.Jobs.Where(row => row.FinishedAt >= from && row.FinishedAt < until)
                    .GroupBy(row => row.Operation)
                    .Select(jobs => new UsageDayRow
                    {
                        Day = day,
                        Operation = jobs.Key,
                        Completed = jobs.Sum(row => row.State == JobState.Completed ? 1 : 0),
                        Failed = jobs.Sum(row => row.State == JobState.Failed ? 1 : 0),
                        Cancelled = jobs.Sum(row => row.State == JobState.Cancelled ? 1 : 0),
                        Owners = jobs.Select(row => row.Owner).Distinct().Count(),
                    })
                    .ToListAsync(token);
                await db.Set<UsageDayRow>().Where(row => row.Day == day).ExecuteDeleteAsync(token);
                db.AddRange(ended);
            }

            return await db.SaveChangesAsync(token);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OperationDay>> ReadAsync(int days, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<OperationDay>>(
        async (db, now, token) =>
        {
            var first = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - days + 1;
            var rows = await db.Set<UsageDayRow>().AsNoTracking().Where(row => row.Day >= first)
                .OrderByDescending(row => row.Day).ThenBy(row => row.Operation).ToListAsync(token);
            return rows.ConvertAll(row => new OperationDay(DateOnly.FromDayNumber(row.Day), row.Operation, row.Completed, row.Failed, row.Cancelled, row.Owners));
        },
        cancellationToken);
}
