using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhotoStudio.Inference;
using PhotoStudio.ServiceDefaults;

namespace PhotoStudio.Tests.Support;

/// <summary>The inference service in this process, over Kestrel on a port of its own.</summary>
public sealed class InferenceServiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InferenceServiceHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>A client of its address.</summary>
    public HttpClient Client { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it.</summary>
    /// <param name="setup">Engines and settings, such as <c>Service:KeepAlive</c>.</param>
    /// <param name="services">Changes to the services.</param>
    public static async Task<InferenceServiceHost> StartAsync(InferenceSetup? setup = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        services?.Invoke(builder.Services);
        builder.AddStudioInferenceService();
        InferenceUnderTest.Configure(builder, setup ?? new());
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapStudioInference();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>A bare connection, for requests that no proper client would send.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
