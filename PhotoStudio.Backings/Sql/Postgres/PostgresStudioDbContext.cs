using Microsoft.EntityFrameworkCore;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>The studio's model on PostgreSQL.</summary>
public sealed class PostgresStudioDbContext(DbContextOptions<PostgresStudioDbContext> options) : StudioDbContext(options)
{
    /// <inheritdoc/>
    internal override string Taking(string query, string table) => $"{query}\nFOR UPDATE OF {table} SKIP LOCKED";

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTime>();

        // Texts compare byte by byte, as on SQLite and as the code does, whatever language the database was made for.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}
