using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>
/// A point in time as PostgreSQL keeps it (<c>timestamp with time zone</c>): microseconds in UTC. The driver takes no other offset;
/// finer parts are cut off, as on every database of the studio.
/// </summary>
public sealed class UtcTime() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    time => time.ToUniversalTime().AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond)),
    time => time.ToUniversalTime());
