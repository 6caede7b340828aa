using System.Diagnostics;
using PhotoStudio.Standalone;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Standalone;

/// <summary>The standalone studio as a process of its own, as <c>./studio run</c> starts it, on a data folder that outlives it.</summary>
internal sealed class StudioProcess : ServiceProcess
{
    private StudioProcess(Process process, Uri address)
        : base(process, address)
    {
    }

    public static Task<StudioProcess> StartAsync(string dataFolder, params string[] arguments) => StartAsync(dataFolder, [], arguments);

    public static async Task<StudioProcess> StartAsync(
        string dataFolder, IEnumerable<KeyValuePair<string, string?>> environment, params string[] arguments)
    {
        var port = FreePort();
        var process = Start(
            typeof(StandaloneStudio).Assembly.Location, environment, ["--port", $"{port}", "--data", dataFolder, .. arguments]);
        StudioProcess studio = new(process, new Uri($"http://127.0.0.1:{port}"));
        await studio.WaitUntilReadyAsync();
        return studio;
    }
}
