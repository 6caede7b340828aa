using Microsoft.EntityFrameworkCore;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>The server's clock, the same for every process that uses the database.</summary>
public sealed class PostgresClock : DatabaseClock
{
    /// <inheritdoc/>
    public override async ValueTask<DateTimeOffset> NowAsync(StudioDbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Database.SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(cancellationToken);
    }
}
