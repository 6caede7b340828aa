using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// A server that speaks OpenAI's chat completions with streaming (server-sent events of <c>chat.completion.chunk</c>, ended by
/// <c>[DONE]</c>), as its API reference describes them. Replies are given in order; the last one is repeated.
/// </summary>
public sealed class ChatCompletionsServer : IAsyncDisposable
{
    private readonly WebServer _server;
    private readonly ConcurrentQueue<JsonObject> _requests;
    private readonly ConcurrentQueue<string> _authorizations;

    private ChatCompletionsServer(WebServer server, ConcurrentQueue<JsonObject> requests, ConcurrentQueue<string> authorizations) =>
        (_server, _requests, _authorizations) = (server, requests, authorizations);

    /// <summary>A way to answer.</summary>
    public delegate Task Reply(HttpContext http);

    /// <summary>The base address to configure.</summary>
    public string Endpoint => _server.Url("/v1");

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<JsonObject> Asked => [.. _requests];

    /// <summary>The Authorization headers, in order.</summary>
    public IReadOnlyList<string> Authorizations => [.. _authorizations];

    public static async Task<ChatCompletionsServer> StartAsync(params Reply[] replies)
    {
        var requests = new ConcurrentQueue<JsonObject>();
        var authorizations = new ConcurrentQueue<string>();
        var at = -1;
        var server = await WebServer.StartAsync(async http =>
        {
            if (http.Request.Path != "/v1/chat/completions" || http.Request.Method != "POST")
            {
                http.Response.StatusCode = 404;
                return;
            }

            requests.Enqueue((await JsonNode.ParseAsync(http.Request.Body))!.AsObject());
            authorizations.Enqueue(http.Request.Headers.Authorization.ToString());
            await replies[Math.Min(Interlocked.Increment(ref at), replies.Length - 1)](http);
        });
        return new(server, requests, authorizations);
    }

    /// <summary>Says a text in pieces of a few letters, then why it ends and what it cost.</summary>
    public static Reply Says(string text, string finish = "stop", int? tokens = 900) => async http =>
    {
        Begin(http);
        await SendAsync(http, Chunk(new() { ["role"] = "assistant", ["content"] = "" }));
        foreach (var piece in text.Chunk(7)) await SendAsync(http, Chunk(new() { ["content"] = new string(piece) }));
        await SendAsync(http, Chunk([], finish));
        if (tokens is { } total)
        {
            var usage = Chunk(null);
            usage["usage"] = new JsonObject { ["prompt_tokens"] = total - 50, ["completion_tokens"] = 50, ["total_tokens"] = total };
            await SendAsync(http, usage);
        }

        await http.Response.WriteAsync("data: [DONE]\n\n");
    };

    /// <summary>Declines in the way that models with a refusal member do.</summary>
    public static Reply Declines() => async http =>
    {
        Begin(http);
        await SendAsync(http, Chunk(new() { ["role"] = "assistant", ["refusal"] = "I cannot help with that." }));
        await SendAsync(http, Chunk([], "stop"));
        await http.Response.WriteAsync("data: [DONE]\n\n");
    };

    /// <summary>Begins to say a text and lets the connection drop.</summary>
    public static Reply BreaksOffAfter(string text) => async http =>
    {
        Begin(http);
        await SendAsync(http, Chunk(new() { ["role"] = "assistant", ["content"] = text }));
        http.Abort();
    };

    /// <summary>Ends the stream in good order in the middle of what it says.</summary>
    public static Reply StopsAfter(string text) => async http =>
    {
        Begin(http);
        await SendAsync(http, Chunk(new() { ["role"] = "assistant", ["content"] = text }));
    };

    /// <summary>Talks without an end until the caller hangs up.</summary>
    public static Reply TalksForever(string text) => async http =>
    {
        Begin(http);
        while (!http.RequestAborted.IsCancellationRequested) await SendAsync(http, Chunk(new() { ["content"] = text }));
    };

    /// <summary>Sends one line without an end until the caller hangs up.</summary>
    public static Reply SendsOneEndlessLine() => async http =>
    {
        Begin(http);
        await http.Response.WriteAsync("data: ");
        var piece = new string('x', 60_000);
        while (!http.RequestAborted.IsCancellationRequested) await http.Response.WriteAsync(piece);
    };

    /// <summary>Says nothing until the caller hangs up.</summary>
    public static Reply Sleeps(Action<HttpContext>? isAsked = null) => async http =>
    {
        isAsked?.Invoke(http);
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
    };

    /// <summary>Answers with an error in OpenAI's form.</summary>
    public static Reply Fails(int status, string message = "It failed.", string? retryAfter = null) => async http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = null } }.ToJsonString());
    };

    /// <summary>Sends the caller somewhere else.</summary>
    public static Reply RedirectsTo(string url) => http =>
    {
        http.Response.Redirect(url, permanent: false, preserveMethod: true);
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Begin(HttpContext http) => http.Response.ContentType = "text/event-stream";

    private static JsonObject Chunk(JsonObject? delta, string? finish = null) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1_760_000_000,
        ["model"] = "test-model",
        ["choices"] = delta is null ? new JsonArray() : new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };

    private static async Task SendAsync(HttpContext http, JsonObject chunk)
    {
        await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"data: {chunk.ToJsonString()}\n\n"), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
