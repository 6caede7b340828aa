using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PhotoStudio.Tests.Support;

/// <summary>A mail server for the tests alone.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly PrivateServer _server;

    private MailServer(PrivateServer server, int port) => (_server, Port) = (server, port);

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The letters it took, each from a line with its readers, as they came.</summary>
    public string Letters => _server.Log;

    /// <summary>Starts one.</summary>
    /// <param name="plain">Whether it takes letters without encryption and without a password.</param>
    public static async Task<MailServer> StartAsync(bool plain = true)
    {
        var program = Repository.PathOf("build", "test-servers", "mail.cjs");
        if (!Directory.Exists(Repository.PathOf("build", "test-servers", "node_modules", "smtp-server")))
            throw new DirectoryNotFoundException("The mail server of the tests is not on this machine; './studio test' fetches it.");

        var port = ServiceProcess.FreePort();
        MailServer server = new(
            PrivateServer.Start(await PrivateServer.MakeFolderAsync(), user: null, ["node", program, port.ToString(CultureInfo.InvariantCulture), plain ? "plain" : "encrypted"]),
            port);
        await server._server.WaitUntilAsync(async () =>
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port);
        });
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
