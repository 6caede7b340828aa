using System.Diagnostics;
using PhotoStudio.Inference;

namespace PhotoStudio.Tests.Support;

/// <summary>The inference service as a process of its own.</summary>
internal sealed class InferenceProcess : ServiceProcess
{
    private InferenceProcess(Process process, Uri address)
        : base(process, address)
    {
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static Task<InferenceProcess> StartAsync(params string[] arguments) => StartAsync(FreePort(), [], arguments);

    /// <summary>Starts it on a port and waits until it is ready.</summary>
    public static async Task<InferenceProcess> StartAsync(
        int port, IEnumerable<KeyValuePair<string, string?>> environment, params string[] arguments)
    {
        var process = Start(typeof(InferenceService).Assembly.Location, environment, ["--port", $"{port}", .. arguments]);
        InferenceProcess service = new(process, new Uri($"http://127.0.0.1:{port}"));
        await service.WaitUntilReadyAsync();
        return service;
    }
}
