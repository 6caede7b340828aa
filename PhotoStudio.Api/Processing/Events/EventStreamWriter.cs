using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>
/// Writes the event stream format of the HTML standard (server-sent events). The framework's formatter knows no comments,
/// which keep a silent stream open, so the few fields are written here. Events have the default type, which is what
/// <c>EventSource.onmessage</c> hears.
/// </summary>
internal sealed class EventStreamWriter(HttpResponse response)
{
    // As the other answers are written: a URL's '&' stays one. Line breaks are escaped whatever the encoder.
    private static readonly ProcessingJson Json = new(new JsonSerializerOptions(ProcessingJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly FlowEventJson FlowJson = new(new JsonSerializerOptions(FlowEventJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private readonly PipeWriter _body = response.BodyWriter;

    /// <summary>Sends the headers and how long to wait before coming back.</summary>
    public async Task BeginAsync(TimeSpan reconnectAfter, CancellationToken cancellationToken)
    {
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await RetryAsync(reconnectAfter, cancellationToken);
    }

    /// <summary>Sends an event. One without an id leaves the client's last id as it is.</summary>
    public async Task EventAsync(EventCursor? id, JobEventResource data, CancellationToken cancellationToken)
    {
        if (id is { } cursor) Write($"id: {cursor}\n");
        Write("data: ");

        // The JSON has no line breaks, so it is one data line.
        _body.Write(JsonSerializer.SerializeToUtf8Bytes(data, Json.JobEventResource));
        Write("\n\n");
        await _body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends an event of a pipeline or a batch.</summary>
    public async Task EventAsync(string? id, FlowEventResource data, CancellationToken cancellationToken)
    {
        if (id is not null) Write($"id: {id}\n");
        Write("data: ");
        _body.Write(JsonSerializer.SerializeToUtf8Bytes(data, FlowJson.FlowEventResource));
        Write("\n\n");
        await _body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends an event whose data is written already, as JSON without line breaks.</summary>
    public async Task EventAsync(string? id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (id is not null) Write($"id: {id}\n");
        Write("data: ");
        _body.Write(json.Span);
        Write("\n\n");
        await _body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends a comment, which clients pass over.</summary>
    public async Task CommentAsync(string text, CancellationToken cancellationToken)
    {
        Write($": {text}\n\n");
        await _body.FlushAsync(cancellationToken);
    }

    /// <summary>Tells the client how long to wait before it comes back.</summary>
    public async Task RetryAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        Write($"retry: {(long)after.TotalMilliseconds}\n\n");
        await _body.FlushAsync(cancellationToken);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _body);
}
