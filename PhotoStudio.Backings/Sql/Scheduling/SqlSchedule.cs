using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Backings.Sql.Scheduling;

/// <summary>Scheduled work in a relational database.</summary>
public sealed class SqlSchedule(StudioDatabase database) : ISchedule
{
    private const int MaxMessage = 1000;

    /// <inheritdoc/>
    public Task EnsureAsync(IReadOnlyCollection<IScheduledTask> tasks, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, now, token) =>
        {
            var names = tasks.Select(task => task.Name).ToList();
            var known = await db.Set<ScheduledTaskRow>().Where(row => names.Contains(row.Name)).ToDictionaryAsync(row => row.Name, token);
            foreach (var task in tasks)
            {
                if (known.TryGetValue(task.Name, out var row)) row.Description = task.Description;
                else db.Add(new ScheduledTaskRow { Name = task.Name, Description = task.Description, NextAt = now });
            }

            return await db.SaveChangesAsync(token);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> DueAsync(IReadOnlyCollection<IScheduledTask> tasks, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async (db, now, token) =>
            {
                var byName = tasks.ToDictionary(task => task.Name, StringComparer.Ordinal);
                var names = byName.Keys.ToList();
                var rows = await db.Set<ScheduledTaskRow>().AsNoTracking().Where(row => names.Contains(row.Name)).ToListAsync(token);
                return [.. rows.Where(row => IsDue(row, byName[row.Name].Interval, now)).OrderBy(row => row.NextAt).Select(row => row.Name)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long?> TryBeginAsync(IScheduledTask task, string holder, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return database.WriteAsync<long?>(
            async (db, now, token) =>
            {
                var row = await db.Set<ScheduledTaskRow>().SingleOrDefaultAsync(row => row.Name == task.Name, token);
                if (row is null || !IsDue(row, task.Interval, now)) return null;

                row.Token++;
                row.Version++;
                (row.Holder, row.LeaseUntil, row.StartedAt) = (holder, now + lease, now);
                await db.SaveChangesAsync(token);
                return row.Token;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(string name, long token, TimeSpan lease, CancellationToken cancellationToken) =>
        ChangeAsync(name, token, (row, now) => row.LeaseUntil = now + lease, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> FinishAsync(string name, long token, TaskOutcome outcome, TimeSpan interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return ChangeAsync(
            name,
            token,
            (row, now) =>
            {
                // Whoever asked for a run while this one was under way gets it.
                row.NextAt = row.NextAt > row.StartedAt ? row.NextAt : now + interval;
                (row.Holder, row.LeaseUntil, row.FinishedAt) = (null, null, now);
                (row.Succeeded, row.Milliseconds) = (outcome.Succeeded, outcome.Milliseconds);
                row.Message = outcome.Message.Length <= MaxMessage ? outcome.Message : outcome.Message[..MaxMessage];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RequestAsync(string name, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, now, token) =>
        {
            if (await db.Set<ScheduledTaskRow>().SingleOrDefaultAsync(row => row.Name == name, token) is not { } row) return false;
            row.NextAt = now;
            row.Version++;
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScheduleEntry>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ScheduleEntry>>(
        async (db, now, token) =>
        {
            var rows = await db.Set<ScheduledTaskRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(token);
            return rows.ConvertAll(row => new ScheduleEntry(
                row.Name,
                row.Description,
                row.NextAt,
                row.LeaseUntil > now ? row.Holder : null,
                row.StartedAt,
                row.FinishedAt,
                row.Succeeded is { } succeeded ? new TaskOutcome(succeeded, row.Message ?? "", row.Milliseconds) : null));
        },
        cancellationToken);

    // A shorter interval than the one that the time was reckoned with counts at once.
    private static bool IsDue(ScheduledTaskRow row, TimeSpan interval, DateTimeOffset now) =>
        (row.NextAt <= now || row.FinishedAt + interval <= now) && !(row.LeaseUntil > now);

    private Task<bool> ChangeAsync(string name, long token, Action<ScheduledTaskRow, DateTimeOffset> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, stop) =>
            {
                var row = await db.Set<ScheduledTaskRow>().SingleOrDefaultAsync(row => row.Name == name && row.Token == token && row.Holder != null, stop);
                if (row is null) return false;
                change(row, now);
                row.Version++;
                await db.SaveChangesAsync(stop);
                return true;
            },
            cancellationToken);
}
