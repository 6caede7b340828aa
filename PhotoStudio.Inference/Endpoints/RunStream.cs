using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>
/// A run and the stream that tells of it. Nothing is written before there is something to tell, so that a run which fails at once is
/// answered with the status of its failure. Dispose it when the answer is written: it waits until the work has ended.
/// </summary>
internal sealed partial class RunStream : IResult, IProgress<InferenceProgress>, IAsyncDisposable
{
    /// <summary>Less progress than this is not worth a part.</summary>
    private const double Step = 0.005;

    // An engine never waits for a slow reader; what it reports meanwhile pushes out what was reported before.
    private readonly Channel<InferenceProgress> _news = Channel.CreateBounded<InferenceProgress>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _cancel;
    private readonly TimeSpan _keepAlive;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _runId;
    private readonly IDisposable _place;
    private readonly Task<InferenceResult> _run;
    private InferenceProgress _latest = new(0);
    private Task<bool>? _next;

    /// <summary>Begins the run.</summary>
    /// <param name="inference">Runs it.</param>
    /// <param name="request">What to run.</param>
    /// <param name="place">What the request holds; given back when everything but the stream's end is sent.</param>
    /// <param name="keepAlive">How often a run with nothing new says so.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of faults of the program.</param>
    /// <param name="aborted">The caller is gone.</param>
    public RunStream(
        IInference inference,
        InferenceRequest request,
        IDisposable place,
        TimeSpan keepAlive,
        TimeProvider time,
        ILogger logger,
        CancellationToken aborted)
    {
        (_place, _keepAlive, _time, _logger, _runId) = (place, keepAlive, time, logger, request.RunId);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _run = RunAsync(inference, request);
    }

    /// <summary>Hears how far the engine is.</summary>
    public void Report(InferenceProgress value)
    {
        var worth = value.Stage != _latest.Stage || value.Fraction - _latest.Fraction >= Step || value.Fraction >= 1;
        if (!worth) return;
        _latest = value;
        _news.Writer.TryWrite(value);
    }

    /// <summary>Waits until there is something to tell.</summary>
    /// <returns>The failure, when the run has failed before there was anything else to tell.</returns>
    public async Task<InferenceException?> BeginsAsync()
    {
        if (await HasNewsAsync() is not false) return null;
        try
        {
            await _run;
            return null;
        }
        catch (InferenceException fault)
        {
            return fault;
        }
    }

    /// <summary>Writes the stream.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        MultipartWriter writer = new(httpContext.Response.BodyWriter);
        httpContext.Response.ContentType = writer.ContentType;
        httpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            writer.Begin();
            await WriteProgressAsync(writer);
            await WriteEndAsync(writer, httpContext);
            _place.Dispose();
            writer.End();
            await writer.FlushAsync(_cancel.Token);
        }
        catch (Exception fault)
        {
            // Without the closing boundary, the caller knows that this is not all.
            if (!_cancel.IsCancellationRequested) LogFailed(_logger, fault, _runId);
            httpContext.Abort();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cancel.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _place.Dispose();
        _cancel.Dispose();
    }

    private async Task<InferenceResult> RunAsync(IInference inference, InferenceRequest request)
    {
        try
        {
            return await inference.RunAsync(request, this, _cancel.Token);
        }
        finally
        {
            _news.Writer.TryComplete();
        }
    }

    /// <summary>Waits for news: true when there are some, false when there will be none, null when it is time for a sign of life.</summary>
    private async Task<bool?> HasNewsAsync()
    {
        _next ??= _news.Reader.WaitToReadAsync(_cancel.Token).AsTask();
        if (!_next.IsCompleted)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token);
            var alarm = Task.Delay(_keepAlive, _time, quiet.Token);
            if (await Task.WhenAny(_next, alarm) == alarm && !_cancel.IsCancellationRequested) return null;
            await quiet.CancelAsync();
        }

        var next = _next;
        _next = null;
        return await next;
    }

    private async Task WriteProgressAsync(MultipartWriter writer)
    {
        InferenceProgress last = new(0);
        while (await HasNewsAsync() is not false and var news)
        {
            if (news is null) Write(last);
            while (_news.Reader.TryRead(out var progress)) Write(last = progress);
            await writer.FlushAsync(_cancel.Token);
        }

        void Write(InferenceProgress progress)
        {
            writer.Json(InferenceWire.ProgressPart, new WireProgress(progress.Fraction, progress.Stage), WireJson.Default.WireProgress);
            writer.Next();
        }
    }

    private async Task WriteEndAsync(MultipartWriter writer, HttpContext http)
    {
        try
        {
            var result = await _run;
            writer.Json(InferenceWire.ResultPart, Describe(result), WireJson.Default.WireResult);
            foreach (var output in result.Outputs)
            {
                writer.Next();
                await writer.FileAsync(InferenceWire.OutputPart, output.File, output.ContentType, _cancel.Token);
            }
        }
        catch (InferenceException fault)
        {
            var failure = RunProblem.Describe(fault, http);
            writer.Json(InferenceWire.FailurePart, failure, WireJson.Default.WireFailure, InferenceWire.ProblemType);
        }

        await writer.FlushAsync(_cancel.Token);
    }

    private static WireResult Describe(InferenceResult result)
    {
        JsonElement? data = null;
        if (result.Data is { } text)
        {
            using var document = JsonDocument.Parse(text);
            data = document.RootElement.Clone();
        }

        return new(
            result.Engine,
            [.. result.Outputs.Select(output =>
                new WireOutput(output.ContentType, output.Extension, output.Width, output.Height, output.File.Length))],
            data);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId}: its answer could not be written")]
    private static partial void LogFailed(ILogger logger, Exception fault, string runId);
}
