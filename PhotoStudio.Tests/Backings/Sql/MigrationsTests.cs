using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Backings.Sql.Sqlite;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql;

/// <summary>The migrations of both databases: from empty, and from every earlier version with data in every table.</summary>
public sealed class MigrationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public void Neither_database_lacks_a_migration_for_the_model_as_it_is()
    {
        SqliteNative.Initialize();
        using StudioDbContext sqlite = new SqliteStudioDbContext(
            new DbContextOptionsBuilder<SqliteStudioDbContext>().UseSqlite("Data Source=:memory:").Options);
        using StudioDbContext postgres = new PostgresStudioDbContext(
            new DbContextOptionsBuilder<PostgresStudioDbContext>().UseNpgsql("Host=localhost").Options);

        foreach (var db in new[] { sqlite, postgres })
            db.Database.HasPendingModelChanges().ShouldBeFalse("the data model changed: run ./studio migrations add NAME");
    }

    [Fact]
    public async Task Data_of_every_earlier_version_is_kept_on_SQLite()
    {
        SqliteNative.Initialize();
        await KeepsDataAsync(file => Task.FromResult<StudioDbContext>(new SqliteStudioDbContext(
            new DbContextOptionsBuilder<SqliteStudioDbContext>().UseSqlite($"Data Source={_folder.In($"{file}.db")}").Options)));
    }

    [Fact]
    public async Task Data_of_every_earlier_version_is_kept_on_PostgreSQL()
    {
        var server = await PostgresServer.SharedAsync();
        await KeepsDataAsync(async _ => new PostgresStudioDbContext(new DbContextOptionsBuilder<PostgresStudioDbContext>()
            .UseNpgsql(server.ConnectionString(await server.CreateDatabaseAsync(), "Pooling=false")).Options));
    }

    /// <summary>Makes a database of each version, fills it, brings it up to date, and compares what is there.</summary>
    private static async Task KeepsDataAsync(Func<string, Task<StudioDbContext>> makeAsync)
    {
        List<string> versions;
        await using (var db = await makeAsync("none")) versions = [.. db.Database.GetMigrations()];
        versions.ShouldNotBeEmpty();
        foreach (var version in versions)
        {
            await using var db = await makeAsync(version);
            await db.GetService<IMigrator>().MigrateAsync(version);
            await db.Database.OpenConnectionAsync();
            var tables = ModelOf(db, version).Tables.ToList();
            await FillAsync(db, tables);
            var before = await ReadAsync(db, tables, (_, _) => true);

            await db.Database.MigrateAsync();

            var now = ModelOf(db, versions[^1]);
            var after = await ReadAsync(db, tables, (table, column) => now.FindTable(table, null)?.FindColumn(column) is not null);
            after.ShouldNotBeEmpty();
            foreach (var (place, value) in after) value.ShouldBe(before[place], $"{place} of {version}");
        }
    }

    private static IRelationalModel ModelOf(StudioDbContext db, string version)
    {
        var assembly = db.GetService<IMigrationsAssembly>();
        var migration = assembly.CreateMigration(assembly.Migrations[version], db.Database.ProviderName!);
        return db.GetService<IModelRuntimeInitializer>().Initialize(migration.TargetModel).GetRelationalModel();
    }

    /// <summary>One row in every table, with the same value in every column of a type, so that references lead somewhere.</summary>
    private static async Task FillAsync(StudioDbContext db, List<ITable> tables)
    {
        HashSet<ITable> filled = [];
        while (filled.Count < tables.Count)
        {
            var next = tables.First(table => !filled.Contains(table)
                && table.ForeignKeyConstraints.All(key => key.PrincipalTable == table || filled.Contains(key.PrincipalTable)));
            var columns = next.Columns.ToList();
            await ExecuteAsync(
                db,
                $"INSERT INTO {next.Name} ({string.Join(", ", columns.Select(column => column.Name))}) "
                + $"VALUES ({string.Join(", ", columns.Select(column => Value(column.StoreType)))})");
            filled.Add(next);
        }
    }

    private static string Value(string type) => type.Split('(')[0].ToUpperInvariant() switch
    {
        "TEXT" or "CHARACTER VARYING" => "'x'",
        "INTEGER" or "BIGINT" or "SMALLINT" => "1",
        "REAL" or "DOUBLE PRECISION" => "0.5",
        "BOOLEAN" => "TRUE",
        "UUID" => "'5f1d7ac2-6a3d-4f0e-9d1b-0a1b2c3d4e5f'",
        "TIMESTAMP WITH TIME ZONE" => "'2026-01-02T03:04:05.678901Z'",
        "BLOB" => "x'01ff'",
        "BYTEA" => "'\\x01ff'",
        "JSONB" => "'{}'",
        _ when type.EndsWith("[]", StringComparison.Ordinal) => "'{}'",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Say what stands in a column of this type."),
    };

    /// <summary>Every value by table and column, as text.</summary>
    private static async Task<Dictionary<string, string?>> ReadAsync(StudioDbContext db, List<ITable> tables, Func<string, string, bool> wanted)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var columns = table.Columns.Select(column => column.Name).Where(column => wanted(table.Name, column)).ToList();
            if (columns.Count == 0) continue;
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => $"CAST({column} AS text)"))} FROM {table.Name}";
            await using var reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).ShouldBeTrue($"{table.Name} is empty");
            for (var i = 0; i < columns.Count; i++) values[$"{table.Name}.{columns[i]}"] = reader.IsDBNull(i) ? null : reader.GetString(i);
        }

        return values;
    }

    private static async Task ExecuteAsync(StudioDbContext db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
