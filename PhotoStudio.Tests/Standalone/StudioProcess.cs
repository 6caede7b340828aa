using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PhotoStudio.Standalone;

namespace PhotoStudio.Tests.Standalone;

/// <summary>The standalone studio as a process of its own, as <c>./studio run</c> starts it, on a data folder that outlives it.</summary>
internal sealed class StudioProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private StudioProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    /// <summary>A figure of its memory, in mebibytes: <c>VmRSS</c> is what it holds now, <c>VmHWM</c> the most it ever held.</summary>
    public int Mebibytes(string figure)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith($"{figure}:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    public static Task<StudioProcess> StartAsync(string dataFolder, params string[] arguments) => StartAsync(dataFolder, [], arguments);

    public static async Task<StudioProcess> StartAsync(
        string dataFolder, IEnumerable<KeyValuePair<string, string?>> environment, params string[] arguments)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] all = [typeof(StandaloneStudio).Assembly.Location, "--port", $"{port}", "--data", dataFolder, .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var studio = new StudioProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        await studio.WaitUntilReadyAsync();
        return studio;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (_process.HasExited)
            {
                // Also waits for the rest of what it wrote.
                await _process.WaitForExitAsync(timeout.Token);
                throw new InvalidOperationException($"The studio ended with {_process.ExitCode}:\n{Log}");
            }

            try
            {
                using var response = await Client.GetAsync(new Uri("/health", UriKind.Relative), timeout.Token);
                if (response.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, timeout.Token);
            }
        }
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        lock (_log) _log.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
