using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PhotoStudio.Tests.Support;

/// <summary>A web server somewhere in the world, as far as the studio can tell.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private WebServer(RequestDelegate handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // What a handler has flushed is on its way, also when it cuts the connection then.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        _app = builder.Build();
        _app.Run(http =>
        {
            Interlocked.Increment(ref _requests);
            return handler(http);
        });
    }

    /// <summary>The port it listens on, on the loopback address.</summary>
    public int Port { get; private set; }

    /// <summary>Requests that reached it.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Starts one.</summary>
    public static async Task<WebServer> StartAsync(RequestDelegate handler)
    {
        var server = new WebServer(handler);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Port = new Uri(addresses.Addresses.Single()).Port;
        return server;
    }

    /// <summary>A URL of this server under a host name of the test's choice.</summary>
    public string Url(string path = "/photo.jpg", string host = "127.0.0.1") => $"http://{host}:{Port}{path}";

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
