using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Backings.Inference;

/// <summary>
/// Inference over HTTP. A run goes to the instance whose turn it is; when that one is full, or does not answer, to the next. An
/// instance that took a run and then failed is not replaced here: the attempt has failed, and whoever made it decides on another.
/// </summary>
internal sealed partial class HttpInference(
    InferenceAddresses addresses, IOptions<HttpInferenceOptions> options, TimeProvider time, ILogger<HttpInference> logger)
    : IInference, IDisposable
{
    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnreachablePause = TimeSpan.FromSeconds(2);

    private readonly HttpInferenceOptions _options = options.Value;
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
    public async Task<InferenceResult> RunAsync(
        InferenceRequest request, IProgress<InferenceProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!InferenceWire.IsRunId(request.RunId)) throw new ArgumentException($"'{request.RunId}' is no run's id.", nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        var json = ToJson(request);
        InferenceException? refusal = null;
        foreach (var address in addresses.InTurn())
        {
            try
            {
                return await RunAsync(address, request, json, progress, cancellationToken);
            }
            catch (InferenceException busy) when (busy.Fault == InferenceFault.Busy)
            {
                // Of several refusals, the one of an instance that is there says best when to come back.
                if (refusal is null || refusal.Code == Codes.Unreachable) refusal = busy;
            }
        }

        throw refusal!;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EngineStatus>> EnginesAsync(CancellationToken cancellationToken)
    {
        Exception? fault = null;
        foreach (var address in addresses.InTurn())
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(ListTimeout);
            try
            {
                var uri = new Uri(address, InferenceWire.EnginesPath);
                var engines = await _client.GetFromJsonAsync(uri, WireJson.Default.WireEngines, limit.Token);
                if (engines is not null) return engines.Engines;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested
                && exception is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                LogNotListed(exception, address);
                fault = exception;
            }
        }

        throw Unreachable(fault);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<InferenceResult> RunAsync(
        Uri address, InferenceRequest request, byte[] json, IProgress<InferenceProgress>? progress, CancellationToken cancellationToken)
    {
        using SignsOfLife life = new(_options, time, cancellationToken);
        try
        {
            using HttpRequestMessage message = new(HttpMethod.Put, new Uri(address, InferenceWire.RunsPath + request.RunId))
            {
                Content = Content(request, json, life),
            };

            // An instance that is full says so before the pictures are sent.
            message.Headers.ExpectContinue = true;
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, life.Token);
            await using WatchedStream body = new(await response.Content.ReadAsStreamAsync(life.Token), life);
            life.Heard();
            if (response.StatusCode != HttpStatusCode.OK) throw await RefusalAsync(response, body, life.Token);

            return await new RunAnswerReader(_options, progress).ReadAsync(body, Boundary(response), life.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or HttpRequestException or IOException or InvalidDataException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(fault, address, request.RunId, life);
        }
    }

    private static byte[] ToJson(InferenceRequest request)
    {
        try
        {
            using var parameters = JsonDocument.Parse(request.Parameters);
            return JsonSerializer.SerializeToUtf8Bytes(
                new WireRequest(request.Operation, parameters.RootElement), WireJson.Default.WireRequest);
        }
        catch (JsonException fault)
        {
            throw new InferenceException(
                InferenceFault.InvalidInput, "invalid_parameters", $"The parameters of {request.Operation} are not JSON.", fault);
        }
    }

    private static MultipartFormDataContent Content(InferenceRequest request, byte[] json, SignsOfLife life)
    {
        MultipartFormDataContent form = new() { { Part(json, "application/json"), InferenceWire.RequestPart } };
        foreach (var input in request.Inputs) form.Add(Part(input.File, "application/octet-stream"), input.Slot);
        return form;

        WatchedContent Part(ReadOnlyMemory<byte> bytes, string type)
        {
            WatchedContent part = new(bytes, life);
            part.Headers.ContentType = new MediaTypeHeaderValue(type);
            part.Headers.ContentLength = bytes.Length;
            return part;
        }
    }

    private static string Boundary(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType;
        if (!string.Equals(type?.MediaType, InferenceWire.StreamType, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"The content type is '{type}'.");

        var boundary = type!.Parameters.FirstOrDefault(each => each.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
        return boundary is { Length: > 0 and <= 70 } ? boundary : throw new InvalidDataException("The content type names no boundary.");
    }

    /// <summary>What a status other than 200 means: what the problem in its body says, otherwise what the status says.</summary>
    private static async Task<InferenceException> RefusalAsync(
        HttpResponseMessage response, WatchedStream body, CancellationToken cancellationToken)
    {
        var retryAfter = RetryAfter(response);
        if (string.Equals(response.Content.Headers.ContentType?.MediaType, InferenceWire.ProblemType, StringComparison.OrdinalIgnoreCase)
            && await FailureAsync(body, cancellationToken) is { } failure)
        {
            var refusal = RunAnswerReader.ToException(failure);
            return refusal.RetryAfter is null && retryAfter is { } after
                ? new(refusal.Fault, refusal.Code, refusal.Message) { RetryAfter = after }
                : refusal;
        }

        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? new(InferenceFault.Busy, Codes.Busy, "The studio is busy; try again shortly.") { RetryAfter = retryAfter }
            : throw new InvalidDataException($"The status is {(int)response.StatusCode}.");
    }

    private static async Task<WireFailure?> FailureAsync(WatchedStream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[64 << 10];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, count), WireJson.Default.WireFailure);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - response.Headers.Date);
        return pause >= TimeSpan.Zero ? pause : null;
    }

    private InferenceException Explain(Exception fault, Uri address, string runId, SignsOfLife life)
    {
        // Nothing was begun when there was nobody to begin it.
        if (fault is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
            })
        {
            LogUnreachable(fault, address, runId);
            return Unreachable(fault);
        }

        var (code, what) = fault switch
        {
            _ when life.IsLate => (Codes.TooSlow, "took too long"),
            _ when life.IsSilent => (Codes.Silent, "stopped answering"),
            InvalidDataException => (Codes.Garbled, "gave an answer that makes no sense"),
            _ => (Codes.Lost, "broke off in the middle of the work"),
        };
        LogBroke(fault, address, runId, what);
        return new(InferenceFault.Broken, code, $"The part of the studio that works on pictures {what}.", fault);
    }

    private static InferenceException Unreachable(Exception? fault) => new(
        InferenceFault.Busy, Codes.Unreachable, "The part of the studio that works on pictures cannot be reached; try again shortly.", fault)
    {
        RetryAfter = UnreachablePause,
    };

    [LoggerMessage(1, LogLevel.Warning, "Run {RunId}: inference at {Address} cannot be reached")]
    private partial void LogUnreachable(Exception fault, Uri address, string runId);

    [LoggerMessage(2, LogLevel.Warning, "Run {RunId}: inference at {Address} {What}")]
    private partial void LogBroke(Exception fault, Uri address, string runId, string what);

    [LoggerMessage(3, LogLevel.Warning, "The engines of inference at {Address} cannot be listed")]
    private partial void LogNotListed(Exception fault, Uri address);

    /// <summary>The codes of what goes wrong between here and the service.</summary>
    private static class Codes
    {
        public const string Busy = "inference_busy";
        public const string Unreachable = "inference_unreachable";
        public const string Lost = "inference_lost";
        public const string Silent = "inference_silent";
        public const string TooSlow = "inference_too_slow";
        public const string Garbled = "inference_garbled";
    }
}
