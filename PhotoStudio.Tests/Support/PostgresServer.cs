using System.Globalization;
using Npgsql;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// A PostgreSQL cluster for the tests alone. It listens on a socket in its folder, and it never waits for the disk: what it holds
/// outlives a crash of the server, and not one of the machine.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);
    private static int _databases;

    private readonly PrivateServer _server;

    private PostgresServer(PrivateServer server) => _server = server;

    /// <summary>The one that all tests share; it lives as long as they do.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>Where its socket is.</summary>
    public string Folder => _server.Folder;

    /// <summary>Its process.</summary>
    public int Id => _server.ServerId;

    /// <summary>Starts one of a test's own, to stop and to break.</summary>
    public static Task<PostgresServer> StartAsync() => StartAsync(kept: null);

    /// <summary>Starts one.</summary>
    /// <param name="kept">The folder of a cluster that outlives the server; null for one that goes with it.</param>
    public static async Task<PostgresServer> StartAsync(string? kept)
    {
        var user = Environment.UserName == "root" ? await UnprivilegedAsync() : null;

        // The socket's path may not be long, so it is never in a folder of somebody else's choice.
        var folder = await PrivateServer.MakeFolderAsync(user);
        var data = Path.Combine(kept is null ? folder : await PrivateServer.OpenFolderAsync(kept, user), "data");
        string[] initialize =
        [
            .. PrivateServer.As(user), Find("initdb"), "--pgdata", data, "--username=studio", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
        ];
        if (!Directory.Exists(data)) await CommandLine.RunAsync(initialize[0], initialize[1..]);
        string[] hasty = kept is null ? ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off"] : [];
        var server = new PostgresServer(PrivateServer.Start(
            folder,
            user,
            [
                Find("postgres"), "-D", data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={folder}",
                .. hasty, "-c", "jit=off", "-c", "max_connections=200", "-c", "deadlock_timeout=200ms",
            ]));
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>How to connect to one of its databases.</summary>
    public string ConnectionString(string database, string options = "") =>
        $"Host={_server.Folder};Username=studio;Database={database};{options}";

    /// <summary>Makes a database.</summary>
    /// <param name="template">The one it is a copy of; nobody may be connected to that. Null for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"studio_{Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        return name;
    }

    /// <summary>Makes a database unless it is there.</summary>
    public async Task EnsureDatabaseAsync(string name)
    {
        try
        {
            await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE template0");
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // From an earlier start.
        }
    }

    /// <summary>Runs SQL in a database.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database, "Pooling=false"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server.</summary>
    /// <param name="signal">INT ends it in order, QUIT like a crash.</param>
    public Task StopAsync(string signal = "INT") => _server.StopAsync(signal);

    /// <summary>Starts it again and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        await _server.StartAgainAsync();
        await WaitUntilReadyAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task WaitUntilReadyAsync() => _server.WaitUntilAsync(() => ExecuteAsync("postgres", "SELECT 1"));

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static async Task<string> UnprivilegedAsync() =>
        (await File.ReadAllLinesAsync("/etc/passwd")).Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>Debian keeps the server's programs out of the way, a folder for each version.</summary>
    private static string Find(string program)
    {
        var own = Repository.PathOf(".studio", "tools", program);
        if (File.Exists(own)) return own;

        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return installed.Select(version => Path.Combine(version, "bin", program)).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new FileNotFoundException($"PostgreSQL's '{program}' is not on this machine; './studio test' fetches it.", program);
    }
}
