using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhotoStudio.Api;
using PhotoStudio.Backings;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.Worker;
using Xunit;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// The whole studio in this process, over Kestrel on a port of its own, with SQLite, files and the in-process queue in a folder
/// of its own.
/// </summary>
public sealed class StudioHost : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;
    private bool _started;

    /// <summary>The environment it runs in.</summary>
    public string Environment { get; init; } = Environments.Development;

    /// <summary>Settings by their full keys.</summary>
    public IDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Engines that take the place of the studio's own for their operations.</summary>
    public IReadOnlyList<IEngine> Engines { get; init; } = [];

    /// <summary>Whether a worker runs jobs; without one a test plays it.</summary>
    public bool RunsWorker { get; init; } = true;

    /// <summary>Changes to the services, after all of the studio's are registered.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>A client without cookies: every request is a new guest's unless it says who it is.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The studio's services.</summary>
    public IServiceProvider Provider => _app!.Services;

    /// <summary>The studio's data.</summary>
    public string Folder => _folder.Path;

    /// <summary>Starts a studio.</summary>
    public static async Task<StudioHost> StartAsync(StudioHost? host = null)
    {
        host ??= new StudioHost();
        try
        {
            await host.InitializeAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that keeps its cookies, as a browser does.</summary>
    public HttpClient NewBrowser() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A path whose query names a guest namespace.</summary>
    public static string Named(string path, string userId) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}user_id={userId}";

    /// <summary>A bare connection, for requests that no proper client would send.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The keys of every stored blob.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(string prefix = "")
    {
        var keys = new List<string>();
        await foreach (var blob in Provider.GetRequiredService<IBlobStore>().ListAsync(prefix, CancellationToken.None)) keys.Add(blob.Key);
        return keys;
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environment });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Settings);

        // What Production does not start without.
        if (Environment == Environments.Production && !Settings.Keys.Any(key => key.StartsWith("Studio:Auth:SigningKey", StringComparison.Ordinal)))
            builder.Configuration["Studio:Auth:SigningKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        builder.Configuration[StudioFolder.Setting] = Folder;
        if (!Settings.ContainsKey("ConnectionStrings:studio") && !File.Exists(Path.Combine(Folder, "studio.db"))) await SqliteTemplate.CopyToAsync(Path.Combine(Folder, "studio.db"));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddStudioBackings();
        builder.AddStudioInference();
        if (RunsWorker) builder.AddStudioWorker();
        builder.AddStudioApi();
        ReplaceEngines(builder.Services);
        Services(builder.Services);

        _app = builder.Build();
        _app.MapServiceDefaults();
        _app.MapStudioApi();
        await _app.StartAsync();
        _started = true;
        var server = _app.Services.GetRequiredService<IServer>();
        Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    /// <summary>Stops the studio as an operator does.</summary>
    public Task StopAsync() => _app!.StopAsync();

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        if (_app is not null)
        {
            // Disposing alone would not wait for the worker, which may still be writing.
            if (_started) await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    private void ReplaceEngines(IServiceCollection services)
    {
        var replaced = Engines.Select(engine => engine.Operation).ToHashSet(StringComparer.Ordinal);
        if (replaced.Count == 0) return;
        services.RemoveAll<IEngine>();
        foreach (var engine in Engines) services.AddSingleton(engine);
    }
}
