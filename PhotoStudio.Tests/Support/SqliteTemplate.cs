using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Sqlite;

namespace PhotoStudio.Tests.Support;

/// <summary>An empty database that is up to date, made once and copied: every migration in every test would take longer than the tests.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<byte[]>> Made = new(MakeAsync);

    /// <summary>Puts a copy where a studio will look for its database.</summary>
    public static async Task CopyToAsync(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, await Made.Value);
    }

    private static async Task<byte[]> MakeAsync()
    {
        using var folder = new TemporaryFolder();
        var file = folder.In("studio.db");
        var connection = $"Data Source={file}";
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSqliteStores(connection);
        await using (var provider = services.BuildServiceProvider()) await provider.GetRequiredService<SqliteMigrator>().MigrateAsync(default);

        // All of it is in the one file when the log is emptied into it and nobody has it open.
        SqliteConnection.ClearAllPools();
        await using (SqliteConnection last = new($"{connection};Pooling=False"))
        {
            await last.OpenAsync();
            await using var command = last.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        return await File.ReadAllBytesAsync(file);
    }
}
