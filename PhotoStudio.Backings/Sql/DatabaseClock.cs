namespace PhotoStudio.Backings.Sql;

/// <summary>
/// The one clock that leases, pauses and key lifetimes are measured with: the database's, so that two machines whose
/// clocks disagree still agree on whose lease has run out.
/// </summary>
public abstract class DatabaseClock
{
    /// <summary>Now in UTC, in whole microseconds, the finest that every database keeps.</summary>
    public abstract ValueTask<DateTimeOffset> NowAsync(StudioDbContext db, CancellationToken cancellationToken);
}
