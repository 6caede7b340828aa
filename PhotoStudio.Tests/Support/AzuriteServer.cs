using System.Globalization;
using Azure.Storage.Blobs;

namespace PhotoStudio.Tests.Support;

/// <summary>Azurite, Microsoft's emulator of Azure Storage, for the tests alone.</summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    // The account and key that every Azurite has, from its documentation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<AzuriteServer>> Shared = new(() => StartAsync());
    private static int _containers;
    private readonly PrivateServer _server;
    private readonly int _port;

    private AzuriteServer(PrivateServer server, int port) => (_server, _port) = (server, port);

    /// <summary>Its process.</summary>
    public int Id => _server.ServerId;

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port => _port;

    /// <summary>How to connect to it.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/{Account};";

    /// <summary>The one that all tests share; each uses a container of its own.</summary>
    public static Task<AzuriteServer> SharedAsync() => Shared.Value;

    /// <summary>A name that no other test has.</summary>
    public static string NewContainer() => $"test-{Interlocked.Increment(ref _containers).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Starts one of a test's own, to stop and to break; it keeps everything in memory.</summary>
    public static Task<AzuriteServer> StartAsync() => StartAsync(null, onDisk: false);

    /// <summary>Starts one that keeps its blobs on disk, so that they are there when it is started again.</summary>
    /// <param name="kept">The folder that outlives it; null for one that goes with it.</param>
    public static Task<AzuriteServer> StartOnDiskAsync(string? kept = null) => StartAsync(kept, onDisk: true);

    private static async Task<AzuriteServer> StartAsync(string? kept, bool onDisk)
    {
        var program = Repository.PathOf("build", "test-servers", "node_modules", ".bin", "azurite-blob");
        if (!File.Exists(program)) throw new FileNotFoundException("Azurite is not on this machine; './studio test' fetches it.", program);

        var port = ServiceProcess.FreePort();
        var folder = kept is null ? await PrivateServer.MakeFolderAsync() : await PrivateServer.OpenFolderAsync(kept);
        string[] storage = onDisk ? ["--location", Path.Combine(folder, "blobs")] : ["--inMemoryPersistence"];
        AzuriteServer server = new(
            PrivateServer.Start(
                folder,
                user: null,
                [
                    program, .. storage, "--skipApiVersionCheck", "--disableTelemetry", "--silent",
                    "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture),
                ]),
            port);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Ends it, and with it all that it held in memory.</summary>
    /// <param name="signal">INT lets it write down what it has to.</param>
    public Task StopAsync(string signal = "KILL") => _server.StopAsync(signal);

    /// <summary>Starts it again and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        await _server.StartAgainAsync();
        await WaitUntilReadyAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task WaitUntilReadyAsync() => _server.WaitUntilAsync(async () =>
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        await new BlobServiceClient(ConnectionString, options).GetPropertiesAsync();
    });
}
