using System.Globalization;
using Azure.Storage.Blobs;

namespace PhotoStudio.Tests.Support;

/// <summary>Azurite, Microsoft's emulator of Azure Storage, for the tests alone; it keeps everything in memory.</summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    // The account and key that every Azurite has, from its documentation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<Task<AzuriteServer>> Shared = new(StartAsync);
    private static int _containers;
    private readonly PrivateServer _server;
    private readonly int _port;

    private AzuriteServer(PrivateServer server, int port) => (_server, _port) = (server, port);

    /// <summary>How to connect to it.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/{Account};";

    /// <summary>The one that all tests share; each uses a container of its own.</summary>
    public static Task<AzuriteServer> SharedAsync() => Shared.Value;

    /// <summary>A name that no other test has.</summary>
    public static string NewContainer() => $"test-{Interlocked.Increment(ref _containers).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Starts one of a test's own, to stop and to break.</summary>
    public static async Task<AzuriteServer> StartAsync()
    {
        var program = Repository.PathOf("build", "test-servers", "node_modules", ".bin", "azurite-blob");
        if (!File.Exists(program)) throw new FileNotFoundException("Azurite is not on this machine; './studio test' fetches it.", program);

        var port = ServiceProcess.FreePort();
        var folder = await PrivateServer.MakeFolderAsync();
        AzuriteServer server = new(
            PrivateServer.Start(
                folder,
                user: null,
                [
                    program, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
                    "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture),
                ]),
            port);
        await server._server.WaitUntilAsync(async () =>
        {
            var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
            await new BlobServiceClient(server.ConnectionString, options).GetPropertiesAsync();
        });
        return server;
    }

    /// <summary>Ends it, and with it all that it held.</summary>
    public Task StopAsync() => _server.StopAsync("KILL");

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
