using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Standalone;

namespace PhotoStudio.Benchmarks.Events;

/// <summary>What an event costs that 1,000 listeners of <c>GET /api/v1/events</c> hear over HTTP, studio and listeners on the same machine.</summary>
internal static class EventListeners
{
    private const int Listeners = 1000;

    public static BenchmarkTable Run(BenchmarkContext context) => RunAsync(context).GetAwaiter().GetResult();

    private static async Task<BenchmarkTable> RunAsync(BenchmarkContext context)
    {
        var rounds = context.Quick ? 20 : 200;
        var folder = Directory.CreateTempSubdirectory("studio-events-");
        try
        {
            await using var studio = StandaloneStudio.Build(["--data", folder.FullName], builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
            await studio.StartAsync(context.CancellationToken);
            var address = new Uri(studio.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
            var (owner, token) = await RegisterAsync(client);
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");

            var heard = new Counter();
            using var stop = new CancellationTokenSource();
            var opened = new Counter();
            var listening = Enumerable.Range(0, Listeners).Select(_ => ListenAsync(client, opened, heard, stop.Token)).ToList();
            await opened.ReachAsync(Listeners);

            var events = studio.Services.GetRequiredService<IJobEvents>();
            var process = Process.GetCurrentProcess();
            var cpu = process.TotalProcessorTime;
            var times = new List<double>(rounds);
            for (var round = 1; round <= rounds; round++)
            {
                var began = Stopwatch.GetTimestamp();
                var told = new JobEvent(OrderedId.New(), owner, new EventCursor(1, round), JobEventType.Started, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
                await events.TellAsync(told, context.CancellationToken);
                await heard.ReachAsync(round * Listeners);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            process.Refresh();
            var spent = (process.TotalProcessorTime - cpu).TotalMilliseconds;
            times.Sort();
            var table = new BenchmarkTable($"an event to {Listeners} listeners");
            table.Note("until all have heard it, median", times[times.Count / 2], "ms");
            table.Note("until all have heard it, 99th percentile", times[(int)(times.Count * 0.99)], "ms");
            table.Note("processor time an event, studio and listeners", spent / rounds, "ms");
            table.Note("processor time an event and listener", spent * 1000 / rounds / Listeners, "µs");
            await stop.CancelAsync();
            await Task.WhenAll(listening);
            await studio.StopAsync(CancellationToken.None);
            return table;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(Owner Owner, string Token)> RegisterAsync(HttpClient client)
    {
        using var response = await client.PostAsJsonAsync(
            new Uri("/api/v1/auth/register", UriKind.Relative),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "listener@example.com", ["username"] = "listener", ["password"] = "correct horse battery" });
        var data = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("data");
        return (Owner.User(data.GetProperty("user").GetProperty("id").GetGuid()), data.GetProperty("token").GetString()!);
    }

    private static async Task ListenAsync(HttpClient client, Counter opened, Counter heard, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/api/v1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                if (line.Contains("snapshot", StringComparison.Ordinal)) opened.Add();
                else heard.Add();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    /// <summary>Counts, and tells who waits for a number.</summary>
    private sealed class Counter
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;
        private int _wanted = int.MaxValue;

        public void Add()
        {
            lock (_lock)
            {
                if (++_count >= _wanted) _reached.TrySetResult();
            }
        }

        public Task ReachAsync(int count)
        {
            lock (_lock)
            {
                if (_count >= count) return Task.CompletedTask;
                _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _wanted = count;
                return _reached.Task;
            }
        }
    }
}
