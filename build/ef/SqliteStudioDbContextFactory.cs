using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using PhotoStudio.Backings.Sql.Sqlite;

namespace PhotoStudio.Ef;

/// <summary>Makes the SQLite context for <c>dotnet ef</c>, which reads its model and opens no database.</summary>
public sealed class SqliteStudioDbContextFactory : IDesignTimeDbContextFactory<SqliteStudioDbContext>
{
    /// <inheritdoc/>
    public SqliteStudioDbContext CreateDbContext(string[] args)
    {
        SqliteNative.Initialize();
        return new(new DbContextOptionsBuilder<SqliteStudioDbContext>().UseSqlite("Data Source=:memory:").Options);
    }
}
