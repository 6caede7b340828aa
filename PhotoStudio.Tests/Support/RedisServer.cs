using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Redis;

namespace PhotoStudio.Tests.Support;

/// <summary>A Redis server for the tests alone, which keeps nothing on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly Lazy<Task<RedisServer>> Shared = new(() => StartAsync());
    private readonly PrivateServer _server;

    private RedisServer(PrivateServer server, int port) => (_server, Port) = (server, port);

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Its process.</summary>
    public int Id => _server.ServerId;

    /// <summary>How to connect to it.</summary>
    public string ConnectionString => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The one that all tests share; each uses a prefix of its own.</summary>
    public static Task<RedisServer> SharedAsync() => Shared.Value;

    /// <summary>Starts one of a test's own, to stop and to break.</summary>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var port = ServiceProcess.FreePort();
        var folder = await PrivateServer.MakeFolderAsync();
        var own = Repository.PathOf(".studio", "tools", "redis-server");
        var server = new RedisServer(
            PrivateServer.Start(
                folder,
                user: null,
                [
                    File.Exists(own) ? own : "redis-server", "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
                    "--save", "", "--appendonly", "no", "--daemonize", "no", .. arguments,
                ]),
            port);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>A connection of its own, with keys that no other test uses unless it names the same prefix.</summary>
    public RedisLink Open(string? prefix = null, TimeSpan? timeout = null) => new(
        ConnectionString,
        Options.Create(new RedisOptions { Prefix = prefix ?? $"t{Guid.NewGuid():N}", Timeout = timeout ?? TimeSpan.FromSeconds(20) }),
        NullLogger<RedisLink>.Instance);

    /// <summary>Whether a connection has Redis at the moment.</summary>
    public static async Task<bool> AnswersAsync(RedisLink link)
    {
        try
        {
            await link.RunAsync("PING", [], default);
            return true;
        }
        catch (RedisAwayException)
        {
            return false;
        }
    }

    /// <summary>Ends it.</summary>
    /// <param name="signal">Such as KILL.</param>
    public Task StopAsync(string signal = "KILL") => _server.StopAsync(signal);

    /// <summary>Starts it again, empty, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        await _server.StartAgainAsync();
        await WaitUntilReadyAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task WaitUntilReadyAsync() => _server.WaitUntilAsync(async () =>
    {
        await using var link = Open(timeout: TimeSpan.FromSeconds(1));
        await link.ConnectAsync(default);
    });
}
