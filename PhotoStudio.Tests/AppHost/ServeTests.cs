using System.Diagnostics;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.AppHost;

/// <summary>
/// <c>PhotoStudio.AppHost/Backings/serve.sh</c>: the servers that the topology starts where no container runtime answers. What it starts
/// is reached with the connection strings that the topology hands out.
/// </summary>
public sealed class ServeTests : IDisposable
{
    private const string Password = "s3cretOfTheTopology";

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = ServiceProcess.FreePort();

    // PostgreSQL may run as another user, who has to come through.
    public ServeTests()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PostgreSQL_has_the_studios_database_behind_a_password_and_keeps_it_over_a_restart()
    {
        var location = $"Host=127.0.0.1;Port={_port};Database=studio;Username=studio;Password={Password};Pooling=false";
        using (Serve("postgres"))
        {
            await Eventually.BecomesTrueAsync(() => AnswersAsync(() => ExecuteAsync(location, "CREATE TABLE kept (id int)")), "PostgreSQL answers");
            (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(location.Replace(Password, "guess", StringComparison.Ordinal), "SELECT 1")))
                .SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        }

        using (Serve("postgres"))
            await Eventually.BecomesTrueAsync(() => AnswersAsync(() => ExecuteAsync(location, "SELECT id FROM kept")), "the table is still there");
    }

    [Fact]
    public async Task Redis_asks_for_the_password_and_throws_nothing_away()
    {
        using var server = Serve("redis-server");

        await using var link = Open($"127.0.0.1:{_port},password={Password}");
        await Eventually.BecomesTrueAsync(() => RedisServer.AnswersAsync(link), "Redis answers");

        ((string?)await link.RunAsync("INFO", ["memory"], default)).ShouldNotBeNull().ShouldContain("maxmemory_policy:noeviction");
        await using var stranger = Open($"127.0.0.1:{_port}");
        (await Should.ThrowAsync<Exception>(() => stranger.RunAsync("PING", [], default))).ToString().ShouldContain("NOAUTH");
    }

    [Fact]
    public async Task Azurite_keeps_blobs_in_its_folder()
    {
        using var server = Serve("azurite");
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        var account = new BlobServiceClient(
            "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
            + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
            + $"BlobEndpoint=http://127.0.0.1:{_port}/devstoreaccount1;",
            options);

        await Eventually.BecomesTrueAsync(() => AnswersAsync(() => account.GetPropertiesAsync()), "Azurite answers");

        Directory.EnumerateFileSystemEntries(_folder.In("azurite")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("There is no server 'mysql'", "mysql", "1", "x")]
    [InlineData("Usage: serve.sh", "postgres")]
    [InlineData("Usage: serve.sh", "postgres", "port", "x")]
    public async Task What_it_cannot_serve_is_refused(string says, params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().SoonAsync();

        process.ExitCode.ShouldBe(1);
        errors.ShouldContain(says);
    }

    private Server Serve(string name) => new(Start(name, $"{_port}", _folder.In(name)));

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("PhotoStudio.AppHost", "Backings", "serve.sh"), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["STUDIO_SERVER_PASSWORD"] = Password;
        return Process.Start(start)!;
    }

    private static RedisLink Open(string location) =>
        new(location, Options.Create(new RedisOptions { Timeout = TimeSpan.FromSeconds(5) }), NullLogger<RedisLink>.Instance);

    private static async Task<bool> AnswersAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or Azure.RequestFailedException)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(string location, string sql)
    {
        await using var connection = new NpgsqlConnection(location);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Server : IDisposable
    {
        private readonly Process _process;

        public Server(Process process)
        {
            _process = process;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
