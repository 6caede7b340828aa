using System.Diagnostics;
using PhotoStudio.Api;
using PhotoStudio.Worker;

namespace PhotoStudio.Tests.Support;

/// <summary>A REST service or a worker as a process of its own.</summary>
internal sealed class StudioService : ServiceProcess
{
    private StudioService(Process process, Uri address)
        : base(process, address)
    {
    }

    /// <summary>Starts the REST service and waits until it is ready.</summary>
    /// <param name="environment">Its settings.</param>
    /// <param name="port">Where it listens; somewhere free when null.</param>
    public static Task<StudioService> StartApiAsync(IEnumerable<KeyValuePair<string, string?>> environment, int? port = null) =>
        StartAsync(typeof(ApiServices).Assembly.Location, environment, port);

    /// <summary>Starts a worker and waits until it is ready.</summary>
    public static Task<StudioService> StartWorkerAsync(IEnumerable<KeyValuePair<string, string?>> environment) =>
        StartAsync(typeof(WorkerServices).Assembly.Location, environment, chosen: null);

    private static async Task<StudioService> StartAsync(string assembly, IEnumerable<KeyValuePair<string, string?>> environment, int? chosen)
    {
        var port = chosen ?? FreePort();
        StudioService service = new(Start(assembly, environment, ["--port", $"{port}"]), new Uri($"http://127.0.0.1:{port}"));
        await service.WaitUntilReadyAsync();
        return service;
    }
}
