using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Backings.Sql.Postgres;
using PhotoStudio.Core;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Sql.Postgres;

/// <summary>The start on every kind of database server.</summary>
public sealed class PostgresMigratorTests
{
    [Fact]
    public async Task A_host_makes_its_tables_before_anything_else_starts_and_finds_them_at_the_next_start()
    {
        var location = await EmptyAsync();
        var submission = TestJobs.Resize(TestJobs.Someone());
        using (var host = Host(location))
        {
            await host.StartAsync();
            await host.Services.GetRequiredService<IJobStore>().SubmitAsync(submission, default);
            await host.StopAsync();
        }

        using var next = Host(location);
        await next.StartAsync();
        (await next.Services.GetRequiredService<IJobStore>().FindAsync(submission.Id, default)).ShouldNotBeNull();
        await next.StopAsync();
    }

    [Fact]
    public async Task Of_eight_processes_that_start_on_an_empty_database_one_migrates_and_all_get_ready()
    {
        var location = await EmptyAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MigrateAsync(location)))).SoonAsync();

        await MigrateAsync(location);
    }

    [Fact]
    public async Task A_process_waits_while_another_migrates_and_goes_on_when_that_one_died_over_it()
    {
        var location = await EmptyAsync();
        Task waiting;
        await using (var other = new NpgsqlConnection(location + "Pooling=false"))
        {
            await other.OpenAsync();
            await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresMigrator.Turn})", other);
            await hold.ExecuteNonQueryAsync();

            waiting = MigrateAsync(location);
            await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE tablename = 'jobs'", other);
            await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(1)));
            waiting.IsCompleted.ShouldBeFalse();
            (await count.ExecuteScalarAsync()).ShouldBe(0L);
        }

        await waiting.SoonAsync();
    }

    [Fact]
    public async Task A_process_that_may_not_migrate_says_who_has_to_and_starts_once_that_was_done()
    {
        var location = await EmptyAsync();
        var options = new PostgresOptions { Migrate = false, Patience = TimeSpan.FromSeconds(1) };

        var error = await Should.ThrowAsync<StorageException>(() => MigrateAsync(location, options));
        error.Message.ShouldContain("Studio:Database:Migrate=true");

        var waiting = MigrateAsync(location, new PostgresOptions { Migrate = false, Patience = TimeSpan.FromMinutes(1) });
        await MigrateAsync(location);
        await waiting.SoonAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_studio_is_not_touched()
    {
        var location = await EmptyAsync();
        await MigrateAsync(location);
        await ExecuteAsync(location, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_TimeTravel', '99.0.0')""");

        var error = await Should.ThrowAsync<StorageException>(() => MigrateAsync(location));

        error.Message.ShouldContain("newer version");
        error.Message.ShouldContain("29990101000000_TimeTravel");
    }

    [Fact]
    public async Task A_database_of_something_else_is_not_touched()
    {
        var location = await EmptyAsync();
        await ExecuteAsync(location, "CREATE TABLE jobs (title text); INSERT INTO jobs VALUES ('gardener')");

        (await Should.ThrowAsync<StorageException>(() => MigrateAsync(location))).Message.ShouldContain("jobs");

        await ExecuteAsync(location, "INSERT INTO jobs VALUES ('cook')");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=studio;Password=hunter2;Database=x", "cannot be reached")]
    [InlineData("Host=no-such-host.invalid;Username=studio;Password=hunter2;Database=x", "cannot be reached")]
    [InlineData("Host=SERVER;Username=studio;Password=hunter2;Database=nowhere", "does not exist")]
    [InlineData("Host=SERVER;Username=stranger;Password=hunter2;Database=postgres", "refuses the user")]
    public async Task A_wrong_connection_string_ends_the_start_with_an_error_that_names_the_setting_and_no_secret(string location, string says)
    {
        var server = new NpgsqlConnectionStringBuilder((await PostgresServer.SharedAsync()).ConnectionString("postgres")).Host;
        using var host = Host(location.Replace("SERVER", server, StringComparison.Ordinal));

        var error = await Should.ThrowAsync<StorageException>(() => host.StartAsync());

        error.Message.ShouldContain(says);
        error.Message.ShouldContain("ConnectionStrings:studio");
        error.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("postgresql://studio:hunter2@localhost/studio")]
    [InlineData("Data Source=studio.db;Password=hunter2")]
    [InlineData("Username=studio;Password=hunter2")]
    [InlineData("Host=localhost;Port=none;Password=hunter2")]
    public void What_is_no_connection_string_is_refused_before_anything_starts(string text)
    {
        var error = Should.Throw<InvalidOperationException>(() => PostgresConnection.Parse(text));

        error.Message.ShouldContain("ConnectionStrings:studio");
        error.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_connection_string_keeps_what_it_says_itself()
    {
        var location = PostgresConnection.Parse("Host=db;Application Name=mine;Max Auto Prepare=0");

        (location.ApplicationName, location.MaxAutoPrepare).ShouldBe(("mine", 0));
        PostgresConnection.Parse("Host=db").MaxAutoPrepare.ShouldBeGreaterThan(0);
    }

    private static async Task<string> EmptyAsync()
    {
        var server = await PostgresServer.SharedAsync();
        return server.ConnectionString(await server.CreateDatabaseAsync());
    }

    private static IHost Host(string location, PostgresOptions? options = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPostgresStores(location);
        if (options is not null) builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        return builder.Build();
    }

    private static async Task MigrateAsync(string location, PostgresOptions? options = null)
    {
        using var host = Host(location, options);
        await host.Services.GetRequiredService<PostgresMigrator>().MigrateAsync(default);
    }

    private static async Task ExecuteAsync(string location, string sql)
    {
        await using var connection = new NpgsqlConnection(location + "Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
