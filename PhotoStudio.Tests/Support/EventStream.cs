using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>A client of an event stream, which reads it by the framework's own parser.</summary>
public sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly RecordingStream _body;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _body = new RecordingStream(body);
        Parser = SseParser.Create(_body);
        _events = Parser.EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>The parser, which knows the last id and the pause before coming back.</summary>
    public SseParser<string> Parser { get; }

    /// <summary>The answer's headers.</summary>
    public HttpResponseMessage Response => _response;

    /// <summary>Everything that came so far, as it came.</summary>
    public string Raw => _body.Text;

    /// <summary>Opens a stream.</summary>
    public static async Task<EventStream> OpenAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).SoonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, of any type; null when the stream has ended.</summary>
    public async Task<StreamedEvent?> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().SoonAsync()) return null;
        var item = _events.Current;
        return new StreamedEvent(item.EventId, JsonSerializer.Deserialize<JsonElement>(item.Data));
    }

    /// <summary>The next event, which must have this type.</summary>
    public async Task<StreamedEvent> NextAsync(string type)
    {
        var next = (await NextAsync()).ShouldNotBeNull();
        next.Type.ShouldBe(type, next.Data.GetRawText());
        return next;
    }

    /// <summary>Every event until the stream ends.</summary>
    public async Task<IReadOnlyList<StreamedEvent>> RestAsync()
    {
        var rest = new List<StreamedEvent>();
        while (await NextAsync() is { } next) rest.Add(next);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        // The connection first: an enumerator that waits for the next event could not be disposed.
        _response.Dispose();
        try
        {
            await _events.DisposeAsync();
        }
        catch (NotSupportedException)
        {
            // It is still waiting; the closed connection ends it.
        }
    }

    /// <summary>Keeps what is read through it.</summary>
    private sealed class RecordingStream(Stream inner) : Stream
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text) return _text.ToString();
            }
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            lock (_text) _text.Append(Encoding.UTF8.GetString(buffer.Span[..read]));
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>One event.</summary>
/// <param name="Id">Its id; null or empty when it has none.</param>
/// <param name="Data">Its data.</param>
public sealed record StreamedEvent(string? Id, JsonElement Data)
{
    /// <summary>Its <c>event_type</c>.</summary>
    public string Type => Data.GetProperty("event_type").GetString()!;
}
