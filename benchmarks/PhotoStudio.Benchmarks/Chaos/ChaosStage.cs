using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PhotoStudio.Benchmarks.Cluster;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>What a fault has to do with: the cluster, callers with work for it, and ways to wait for what the work comes to.</summary>
internal sealed class ChaosStage(StudioCluster cluster, ChaosLedger ledger, Random random, ChaosPace pace, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly VipsPictureCodec _codec = new();
    private int _pictures;

    /// <summary>The cluster.</summary>
    public StudioCluster Cluster => cluster;

    /// <summary>What is known of the jobs.</summary>
    public ChaosLedger Ledger => ledger;

    /// <summary>How much is done.</summary>
    public ChaosPace Pace => pace;

    /// <summary>Ends everything.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>A guest that nobody was before.</summary>
    public string NewGuest()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A number from 0 to below.</summary>
    public int Next(int below) => random.Next(below);

    /// <summary>Submits a job that takes a moment, or one that takes a second or two.</summary>
    /// <returns>The job, or null when it was refused with a clear error.</returns>
    public async Task<Guid?> SubmitAsync(string guest, bool isLong = false)
    {
        var (path, picture) = isLong
            ? ("/api/v1/operations/upscale?scale=4&output_format=jpeg", Paint(480, 360))
            : ("/api/v1/operations/resize?width=32&output_format=png", Paint(64, 48));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(picture) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        request.Headers.Add("Prefer", "respond-async");
        request.Headers.Add("X-Guest-Id", guest);
        using var response = await cluster.Front.Client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage) return null;
        if (response.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException($"A job was not accepted: {(int)response.StatusCode} {text}");

        using var json = JsonDocument.Parse(text);
        var job = json.RootElement.GetProperty("id").GetGuid();
        ledger.Accept(job);
        return job;
    }

    /// <summary>Three guests submit their jobs at once, every other one long.</summary>
    public Task SubmitWorkAsync() => Task.WhenAll(Enumerable.Range(0, 3).Select(_ => NewGuest()).ToList().Select(async guest =>
    {
        for (var i = 0; i < pace.Jobs; i++) await SubmitAsync(guest, isLong: i % 2 == 0);
    }));

    /// <summary>Calls a job off.</summary>
    public async Task CancelAsync(string guest, Guid job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/processing/jobs/{job}/cancel", UriKind.Relative));
        request.Headers.Add("X-Guest-Id", guest);
        using var response = await cluster.Front.Client.SendAsync(request, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict))
            throw new InvalidOperationException($"A job could not be called off: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>Waits until a worker has a job at work, and answers which.</summary>
    public async Task<string> UntilAtWorkAsync(StudioService worker)
    {
        var mark = $":{worker.Id.ToString(CultureInfo.InvariantCulture)}:";
        IReadOnlyList<string> held = [];
        await UntilAsync(
            async () => (held = await ledger.AskAsync($"SELECT id FROM jobs WHERE state = 'processing' AND worker LIKE '%{mark}%'")).Count > 0,
            "the worker has a job at work");
        return held[0];
    }

    /// <summary>Waits until so many jobs are at work.</summary>
    public Task UntilAtWorkAsync(int jobs) => UntilAsync(async () => await ledger.CountAsync("state = 'processing'") >= jobs, $"{jobs} jobs are at work");

    /// <summary>Waits until every job has ended and what lost attempts left is cleared away.</summary>
    public Task UntilQuietAsync() => UntilAsync(
        async () => await ledger.CountAsync("finished_at IS NULL OR untidy_since IS NOT NULL") == 0, "every job has ended and is tidy");

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException($"it did not come true that {what}");
            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>The end of what the services have written.</summary>
    public string Logs() => string.Join(
        "\n",
        cluster.Inference.Concat<ServiceProcess>(cluster.Workers).Append(cluster.Front)
            .Select(service => $"--- {service.Address}\n{(service.Log.Length > 3000 ? service.Log[^3000..] : service.Log)}"));

    /// <summary>Replaces a worker that has ended.</summary>
    public async Task ReplaceAsync(StudioService worker)
    {
        cluster.Workers.Remove(worker);
        await worker.DisposeAsync();
        await cluster.StartWorkerAsync();
    }

    /// <summary>A picture that nobody has sent before.</summary>
    private byte[] Paint(int width, int height)
    {
        var number = Interlocked.Increment(ref _pictures);
        var picture = new Picture(width, height, PixelFormat.Rgb);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < row.Length; x++) row[x] = (byte)((x * y / 64) + (number * (x + 1)));
        }

        return _codec.Encode(picture, new EncodeOptions(PictureFormat.Png, Effort: 1), cancellationToken);
    }
}
