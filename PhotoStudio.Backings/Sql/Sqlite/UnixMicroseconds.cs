using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>
/// A point in time as SQLite keeps it: whole microseconds since 1970-01-01T00:00Z, an integer that orders and indexes well.
/// Finer parts are cut off; what comes back is in UTC.
/// </summary>
public sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(
    time => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
    microseconds => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
