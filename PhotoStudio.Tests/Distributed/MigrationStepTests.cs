using Npgsql;
using PhotoStudio.Api;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Distributed;

/// <summary><c>PhotoStudio.Api --migrate</c>, as a process of its own.</summary>
public sealed class MigrationStepTests
{
    [Fact]
    public async Task The_step_makes_the_tables_that_services_which_may_not_change_them_wait_for()
    {
        var server = await PostgresServer.SharedAsync();
        var location = server.ConnectionString(await server.CreateDatabaseAsync());
        using var data = new TemporaryFolder();
        var settings = Settings(location);
        settings["Studio__Data"] = data.Path;
        settings["services__inference__http__0"] = "http://127.0.0.1:1";
        var waiting = StudioService.StartApiAsync(settings);

        // What the services may not do is the step's whole work, so that one set of settings serves both.
        var (code, errors) = await RunAsync(settings);

        code.ShouldBe(0, errors);
        (await CountAsync(location, "jobs")).ShouldBe(1);
        await using var service = await waiting.SoonAsync();
    }

    [Fact]
    public async Task Running_the_step_again_changes_nothing()
    {
        var server = await PostgresServer.SharedAsync();
        var location = server.ConnectionString(await server.CreateDatabaseAsync());

        (await RunAsync(Settings(location))).Code.ShouldBe(0);
        (await RunAsync(Settings(location))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_server_the_step_names_the_setting_in_one_line()
    {
        var (code, errors) = await RunAsync(new Dictionary<string, string?>(StringComparer.Ordinal));

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("ConnectionStrings:studio is not set");
    }

    [Fact]
    public async Task A_server_that_is_not_there_fails_the_step_and_no_secret_is_told()
    {
        var (code, errors) = await RunAsync(Settings("Host=127.0.0.1;Port=1;Username=a;Password=hunter2"));

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("ConnectionStrings:studio");
        errors.ShouldNotContain("hunter2");
    }

    private static Dictionary<string, string?> Settings(string location) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__studio"] = location,
        ["Studio__Database__Migrate"] = "false",
    };

    private static Task<(int Code, string Errors)> RunAsync(Dictionary<string, string?> settings) =>
        ServiceProcess.RunToEndAsync(typeof(ApiServices).Assembly.Location, settings, ["--migrate"]);

    private static async Task<long> CountAsync(string location, string table)
    {
        await using var connection = new NpgsqlConnection(location + "Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE tablename = $1", connection);
        command.Parameters.AddWithValue(table);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
