using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Backings.Inference;

/// <summary>
/// Administration of the models of inference that is a service of its own. Each instance has folders of its own or shares them with
/// others, so what changes something is asked of every one; those that find it done say so at once.
/// </summary>
internal sealed class HttpModelAdministration(InferenceAddresses addresses, IOptions<HttpInferenceOptions> options, TimeProvider time)
    : IModelAdministration, IDisposable
{
    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectTimeout = options.Value.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public async Task<ModelList> ListAsync(CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var address in addresses.InTurn())
        {
            using var limit = new CancellationTokenSource(ListTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                return await _client.GetFromJsonAsync(new Uri(address, ModelWire.Path), ModelWireJson.Default.ModelList, both.Token)
                    ?? throw new JsonException("There is no list.");
            }
            catch (Exception fault) when (IsLost(fault) && !cancellationToken.IsCancellationRequested)
            {
                last = fault;
            }
        }

        throw Lost(last);
    }

    /// <inheritdoc/>
    public Task<ModelReport> PullAsync(
        string id, string? acceptedBy, IProgress<ModelProgress>? progress, CancellationToken cancellationToken) =>
        EverywhereAsync(HttpMethod.Post, Path(id, "/pull", (ModelWire.AcceptedByField, acceptedBy)), progress, cancellationToken);

    /// <inheritdoc/>
    public Task<ModelReport> AcceptAsync(string id, string acceptedBy, CancellationToken cancellationToken) =>
        EverywhereAsync(HttpMethod.Post, Path(id, "/accept", (ModelWire.AcceptedByField, acceptedBy)), null, cancellationToken);

    /// <inheritdoc/>
    public Task<ModelReport> VerifyAsync(string id, IProgress<ModelProgress>? progress, CancellationToken cancellationToken) =>
        EverywhereAsync(HttpMethod.Post, Path(id, "/verify"), progress, cancellationToken);

    /// <inheritdoc/>
    public async Task<ModelReport> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        // Of instances that share a folder, only the first finds the file.
        ModelReport? removed = null;
        ModelException? missing = null;
        foreach (var address in addresses.InTurn())
        {
            try
            {
                removed = await SendAsync(new(HttpMethod.Delete, new Uri(address, Path(id, ""))), null, cancellationToken);
            }
            catch (ModelException fault) when (fault.Fault == ModelFault.NotInstalled)
            {
                missing = fault;
            }
        }

        return removed ?? throw missing!;
    }

    /// <inheritdoc/>
    public async Task<ModelReport> ImportAsync(
        Stream content, string? id, string? acceptedBy, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = Query($"{ModelWire.Path}/import", (ModelWire.IdField, id), (ModelWire.AcceptedByField, acceptedBy));
        if (addresses.Count == 1) return await SendFileAsync(addresses.InTurn().Single(), path, content, progress, cancellationToken);

        // The file is read once and sent several times.
        await using var kept = new FileStream(System.IO.Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        await content.CopyToAsync(kept, cancellationToken);
        ModelReport? report = null;
        foreach (var address in addresses.InTurn())
        {
            kept.Position = 0;
            report = await SendFileAsync(address, path, kept, progress, cancellationToken);
        }

        return report!;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Path(string id, string rest, params (string Name, string? Value)[] query) =>
        Query($"{ModelWire.Path}/{Uri.EscapeDataString(id)}{rest}", query);

    private static string Query(string path, params (string Name, string? Value)[] query)
    {
        var given = query.Where(each => each.Value is not null).Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value!)}").ToArray();
        return given.Length == 0 ? path : $"{path}?{string.Join('&', given)}";
    }

    private async Task<ModelReport> EverywhereAsync(
        HttpMethod method, string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        ModelReport? report = null;
        foreach (var address in addresses.InTurn())
        {
            HttpRequestMessage request = new(method, new Uri(address, path));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ModelWire.StreamType));
            report = await SendAsync(request, progress, cancellationToken);
        }

        return report!;
    }

    private Task<ModelReport> SendFileAsync(
        Uri address, string path, Stream content, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var length = content.CanSeek ? content.Length - content.Position : (long?)null;
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(address, path))
        {
            Content = new StreamContent(new CountedStream(content, sent => progress?.Report(new(ModelStage.Fetching, sent, length)))),
        };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentLength = length;
        return SendAsync(request, progress, cancellationToken, isUpload: true);
    }

    private async Task<ModelReport> SendAsync(
        HttpRequestMessage request, IProgress<ModelProgress>? progress, CancellationToken cancellationToken, bool isUpload = false)
    {
        using var sent = request;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var alarm = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(),
            silence,
            isUpload ? Timeout.InfiniteTimeSpan : options.Value.SilenceTimeout,
            Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw ModelEventText.ToException(
                    await JsonSerializer.DeserializeAsync(body, ModelWireJson.Default.WireModelFailure, silence.Token)
                    ?? throw new JsonException("There is no failure."));
            }

            if (response.Content.Headers.ContentType?.MediaType != ModelWire.StreamType)
            {
                return await JsonSerializer.DeserializeAsync(body, ModelWireJson.Default.ModelReport, silence.Token)
                    ?? throw new JsonException("There is no report.");
            }

            await foreach (var item in SseParser.Create(body).EnumerateAsync(silence.Token))
            {
                alarm.Change(options.Value.SilenceTimeout, Timeout.InfiniteTimeSpan);
                var news = ModelEventText.Read(item.EventType, item.Data);
                if (news?.Failure is { } failure) throw failure;
                if (news?.Report is { } report) return report;
                if (news?.Progress is { } step) progress?.Report(step);
            }

            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }
        catch (Exception fault) when (IsLost(fault) && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(fault);
        }
    }

    private static bool IsLost(Exception fault) => fault is HttpRequestException or IOException or JsonException or OperationCanceledException;

    private static ModelException Lost(Exception? fault) =>
        new(ModelFault.Unreachable, "The part of the studio that keeps the models cannot be reached, or broke off; try again shortly.", fault);

    /// <summary>Counts what is read of a stream that belongs to someone else.</summary>
    private sealed class CountedStream(Stream inner, Action<long> read) : Stream
    {
        private long _count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _count;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            if (count > 0) read(_count += count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
