using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PhotoStudio.Tests.Support;

/// <summary>A web server that has a file, with the good and bad habits that such servers have.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _ranges = new();
    private WebServer _server = null!;
    private int _requests;

    private ModelServer(byte[] content) => Content = content;

    /// <summary>The file; may change while it is served.</summary>
    public byte[] Content { get; set; }

    /// <summary>The strong entity tag; null sends none.</summary>
    public string? Tag { get; set; } = "\"v1\"";

    /// <summary>Whether it delivers parts.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>Whether it says how long the file is.</summary>
    public bool TellsLength { get; set; } = true;

    /// <summary>What a request gets instead of the file: the request's number from 1, and the context. True when it was answered.</summary>
    public Func<int, HttpContext, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>After how many bytes of an answer the connection is cut, by the request's number from 1; null for not at all.</summary>
    public Func<int, int?> CutAfter { get; set; } = _ => null;

    /// <summary>Requests that reached it.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The ranges that were asked for, with their conditions; empty for a request of the whole file.</summary>
    public IReadOnlyList<string> Ranges => [.. _ranges];

    /// <summary>The address of the file.</summary>
    public Uri Url => new(_server.Url("/model.onnx"));

    /// <summary>The address of the folder it lies in.</summary>
    public string Folder => _server.Url("");

    /// <summary>Starts one.</summary>
    public static async Task<ModelServer> StartAsync(byte[] content)
    {
        var server = new ModelServer(content);
        server._server = await WebServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref _requests);
        var condition = http.Request.Headers.IfRange.ToString();
        _ranges.Enqueue($"{http.Request.Headers.Range} {condition}".Trim());
        if (await Instead(number, http)) return;

        var start = Start(http.Request.Headers.Range.ToString());
        if (condition.Length > 0 && condition != Tag) start = 0;
        if (Tag is not null) http.Response.Headers.ETag = Tag;
        if (start > Content.Length || (start == Content.Length && start > 0))
        {
            http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            http.Response.Headers.ContentRange = $"bytes */{Content.Length}";
            return;
        }

        if (start > 0)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = $"bytes {start}-{Content.Length - 1}/{Content.Length}";
        }

        var body = Content.AsMemory(start);
        if (TellsLength) http.Response.ContentLength = body.Length;
        if (CutAfter(number) is { } count && count < body.Length)
        {
            await http.Response.Body.WriteAsync(body[..count]);
            await http.Response.Body.FlushAsync();

            // The end comes after the bytes; a reset could overtake them.
            http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Send);
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        await http.Response.Body.WriteAsync(body);
    }

    private int Start(string range) =>
        KnowsRanges && range.StartsWith("bytes=", StringComparison.Ordinal)
            ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
            : 0;
}
