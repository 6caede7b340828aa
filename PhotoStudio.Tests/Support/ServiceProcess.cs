using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PhotoStudio.Tests.Support;

/// <summary>A service as a process of its own, as an operator starts it.</summary>
internal class ServiceProcess : IAsyncDisposable
{
    private const int LogCharacters = 1 << 20;

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    protected ServiceProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>A client of its address.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>Told of every line it writes from now on; null when there is no more.</summary>
    public Action<string?>? Wrote { get; set; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>With what it has ended; 128 and the signal's number where that ended it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>A figure of its memory, in mebibytes: <c>VmRSS</c> is what it holds now, <c>VmHWM</c> the most it ever held.</summary>
    public int Mebibytes(string figure)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith($"{figure}:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>The end of what it has written.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts an assembly.</summary>
    protected static Process Start(string assembly, IEnumerable<KeyValuePair<string, string?>> environment, IEnumerable<string> arguments)
    {
        // A session of its own: Ctrl+C is for whoever started it to hear and to pass on.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] all = ["dotnet", assembly, .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts an assembly that is expected to end by itself, and answers its exit code and what it wrote to standard error.</summary>
    public static async Task<(int Code, string Errors)> RunToEndAsync(
        string assembly, IEnumerable<KeyValuePair<string, string?>> environment, IEnumerable<string> arguments)
    {
        using var process = Start(assembly, environment, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().SoonAsync();
        await output;
        return (process.ExitCode, await errors);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its name, such as TERM, STOP or CONT.</param>
    public Task SignalAsync(string signal) => CommandLine.RunAsync("bash", "-c", $"kill -s {signal} {_process.Id}");

    /// <summary>Waits until it has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to end in order, and ends it when it does not in time.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        if (_process.HasExited) return true;
        await SignalAsync("TERM");
        using CancellationTokenSource limit = new(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    /// <summary>Waits until its health is good.</summary>
    protected async Task WaitUntilReadyAsync()
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
                await Task.Delay(50, timeout.Token);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, timeout.Token);
            }
        }
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
            if (_log.Length > LogCharacters) _log.Remove(0, LogCharacters / 2);
        }

        Wrote?.Invoke(line.Data);
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
