namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>SQLite runs inside the process, so its clock is the process's.</summary>
public sealed class SqliteClock(TimeProvider time) : DatabaseClock
{
    /// <inheritdoc/>
    public override ValueTask<DateTimeOffset> NowAsync(StudioDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new(now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMicrosecond)));
    }
}
