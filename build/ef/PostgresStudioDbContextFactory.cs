using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using PhotoStudio.Backings.Sql.Postgres;

namespace PhotoStudio.Ef;

/// <summary>Makes the PostgreSQL context for <c>dotnet ef</c>, which reads its model and connects to no server.</summary>
public sealed class PostgresStudioDbContextFactory : IDesignTimeDbContextFactory<PostgresStudioDbContext>
{
    /// <inheritdoc/>
    public PostgresStudioDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresStudioDbContext>().UseNpgsql("Host=localhost").Options);
}
