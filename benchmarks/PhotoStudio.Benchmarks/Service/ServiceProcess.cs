using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Backings.Inference;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference;

namespace PhotoStudio.Benchmarks.Service;

/// <summary>The inference service as a process of its own, called over HTTP as the worker calls it.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process _process;
    private readonly ServiceProvider _client;

    private ServiceProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(InferenceAddresses.UrlSetting, (string?)address.ToString())]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddHttpInference(InferenceAddresses.From(configuration)!);
        _client = services.BuildServiceProvider();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The way to it.</summary>
    public IInference Inference => _client.GetRequiredService<IInference>();

    /// <summary>What it holds in memory now, in mebibytes.</summary>
    public double ResidentMebibytes => Mebibytes("VmRSS");

    /// <summary>The most it ever held, in mebibytes.</summary>
    public double PeakMebibytes => Mebibytes("VmHWM");

    /// <summary>Starts one on a free port and waits until it is ready.</summary>
    /// <param name="settings">Settings under <c>Studio:Inference</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ServiceProcess> StartAsync(
        IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        var port = FreePort();
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(InferenceService).Assembly.Location);
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in settings) start.ArgumentList.Add($"--{InferenceOptions.Section}:{name}={value}");
        start.Environment.Remove("ASPNETCORE_URLS");

        ServiceProcess service = new(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        service._process.OutputDataReceived += (_, _) => { };
        service._process.BeginOutputReadLine();
        await service.WaitUntilReadyAsync(cancellationToken);
        return service;
    }

    public void Dispose()
    {
        _client.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using HttpClient client = new() { BaseAddress = Address };
        while (!_process.HasExited)
        {
            try
            {
                using var health = await client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
                if (health.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100, cancellationToken);
        }

        throw new InvalidOperationException("The inference service does not start; its error is above.");
    }

    private double Mebibytes(string figure)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith($"{figure}:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
