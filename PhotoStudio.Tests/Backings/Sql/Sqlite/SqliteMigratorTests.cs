using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Sqlite;
using PhotoStudio.Core;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql.Sqlite;

/// <summary>The start on every kind of data folder.</summary>
public sealed class SqliteMigratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.In("data", "deep", "studio.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_host_makes_folder_and_database_before_anything_else_starts_and_finds_them_at_the_next_start()
    {
        var submission = TestJobs.Resize(TestJobs.Someone());
        using (var host = Host())
        {
            await host.StartAsync();
            await host.Services.GetRequiredService<IJobStore>().SubmitAsync(submission, default);
            await host.StopAsync();
        }

        using var next = Host();
        await next.StartAsync();
        (await next.Services.GetRequiredService<IJobStore>().FindAsync(submission.Id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_migrations_make_exactly_the_model()
    {
        await using var stores = await SqliteStores.CreateAsync();
        await using var db = await stores.Contexts.CreateDbContextAsync();

        db.Database.HasPendingModelChanges().ShouldBeFalse("the data model changed: run ./studio migrations add NAME");
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "5000")]
    public async Task Every_connection_writes_ahead_waits_for_the_disk_and_keeps_references_whole(string pragma, string value)
    {
        await using var stores = await SqliteStores.CreateAsync();
        await using var db = await stores.Contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();

        command.CommandText = $"PRAGMA {pragma}";

        (await command.ExecuteScalarAsync()).ShouldNotBeNull().ToString().ShouldBe(value);
    }

    [Fact]
    public async Task Two_studios_that_start_on_the_same_empty_folder_both_get_ready()
    {
        var starts = Enumerable.Range(0, 2).Select(_ => Task.Run(() => MigrateAsync())).ToList();

        await Task.WhenAll(starts).SoonAsync();

        await MigrateAsync();
    }

    [Fact]
    public async Task A_lock_that_a_killed_start_left_behind_does_not_block_the_next()
    {
        await MakeFileAsync(
            """
            CREATE TABLE "__EFMigrationsLock" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
                "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
            """);

        await MigrateAsync().SoonAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_studio_is_not_touched()
    {
        await MigrateAsync();
        await MakeFileAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_TimeTravel', '99.0.0');""");

        var error = await Should.ThrowAsync<StorageException>(() => MigrateAsync());

        error.Message.ShouldContain("newer version");
        error.Message.ShouldContain("29990101000000_TimeTravel");
    }

    [Fact]
    public async Task A_database_of_something_else_is_not_touched()
    {
        await MakeFileAsync("CREATE TABLE jobs (title TEXT); INSERT INTO jobs VALUES ('gardener');");

        (await Should.ThrowAsync<StorageException>(() => MigrateAsync())).Message.ShouldContain("jobs");

        await MakeFileAsync("INSERT INTO jobs VALUES ('cook');");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_reported()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DatabaseFile)!);
        await File.WriteAllTextAsync(DatabaseFile, string.Concat(Enumerable.Repeat("This is a shopping list. ", 100)));

        (await Should.ThrowAsync<StorageException>(() => MigrateAsync())).Message.ShouldContain("not a database");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_ends_the_start_with_a_clear_error()
    {
        await File.WriteAllTextAsync(_folder.In("data"), "a file where the folder should be");
        using var host = Host();

        (await Should.ThrowAsync<StorageException>(() => host.StartAsync())).Message.ShouldContain("data folder");
    }

    [Fact]
    public async Task A_read_only_database_ends_the_start_with_a_clear_error()
    {
        await MigrateAsync();

        (await Should.ThrowAsync<StorageException>(() => MigrateAsync("Mode=ReadOnly"))).Message.ShouldContain("read-only");
    }

    private IHost Host(string options = "")
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSqliteStores($"Data Source={DatabaseFile};{options}");
        return builder.Build();
    }

    private async Task MigrateAsync(string options = "")
    {
        using var host = Host(options);
        await host.Services.GetRequiredService<SqliteMigrator>().MigrateAsync(default);
    }

    private async Task MakeFileAsync(string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DatabaseFile)!);
        SqliteNative.Initialize();
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
