using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace PhotoStudio.Backings.LanguageModels.OpenAi;

/// <summary>
/// Chat over OpenAI's chat completions, at OpenAI or any endpoint that speaks the same protocol. Text in, text out; nothing is tried twice
/// and no redirect is followed, so that the key goes where it was meant to.
/// </summary>
public sealed class OpenAiChatClient : IChatClient
{
    private readonly HttpClient _http;
    private readonly ChatClient _chat;

    private OpenAiChatClient(HttpClient http, ChatClient chat) => (_http, _chat) = (http, chat);

    /// <summary>A client of the endpoint that the settings name.</summary>
    public static OpenAiChatClient Create(LanguageModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var http = new HttpClient(new BoundedAnswers(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Address,
            NetworkTimeout = options.Timeout,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(http),
        };
        return new(http, new ChatClient(options.Model, new ApiKeyCredential(string.IsNullOrEmpty(options.ApiKey) ? "none" : options.ApiKey), settings));
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var updates = _chat.CompleteChatStreamingAsync(messages.Select(Written), Settings(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(updates)) yield return Read(updates.Current);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // What a server writes about an error may repeat the key: the status has to do.
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ClientResultException exception)
        {
            throw Explain(exception);
        }
    }

    private static LanguageModelException Explain(ClientResultException exception)
    {
        var status = exception.Status.ToString(CultureInfo.InvariantCulture);
        return exception.Status switch
        {
            401 or 403 => new(LanguageModelOutcome.Unauthorized, $"The language model's endpoint does not accept the key (status {status})."),
            408 => new(LanguageModelOutcome.TimedOut, "The language model took too long."),
            429 => new(LanguageModelOutcome.Limited, "The language model's endpoint asks for fewer requests.") { RetryAfter = RetryAfter(exception) },
            >= 300 and < 500 => new(LanguageModelOutcome.Rejected, $"The language model's endpoint did not accept the request (status {status})."),
            >= 500 => new(LanguageModelOutcome.Failed, $"The language model's endpoint failed (status {status}).") { RetryAfter = RetryAfter(exception) },
            _ => new(LanguageModelOutcome.Failed, "The language model cannot be reached."),
        };
    }

    private static TimeSpan? RetryAfter(ClientResultException exception)
    {
        if (exception.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) is not true || value is null) return null;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400));
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && exception.GetRawResponse()!.Headers.TryGetValue("Date", out var date)
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now) && until > now
            ? until - now
            : null;
    }

    private static OpenAI.Chat.ChatMessage Written(ChatMessage message) =>
        message.Role == ChatRole.System ? OpenAI.Chat.ChatMessage.CreateSystemMessage(message.Text)
        : message.Role == ChatRole.Assistant ? OpenAI.Chat.ChatMessage.CreateAssistantMessage(message.Text)
        : OpenAI.Chat.ChatMessage.CreateUserMessage(message.Text);

    private static ChatCompletionOptions Settings(ChatOptions? options) => new()
    {
        MaxOutputTokenCount = options?.MaxOutputTokens,
        Temperature = options?.Temperature,
        ResponseFormat = options?.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } json => ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription),
            ChatResponseFormatJson => ChatResponseFormat.CreateJsonObjectFormat(),
            _ => null,
        },
    };

    private static ChatResponseUpdate Read(StreamingChatCompletionUpdate update)
    {
        var read = new ChatResponseUpdate { Role = ChatRole.Assistant };
        foreach (var part in update.ContentUpdate)
            if (part.Kind == ChatMessageContentPartKind.Text && part.Text is { } text) read.Contents.Add(new TextContent(text));
        if (!string.IsNullOrEmpty(update.RefusalUpdate)) read.Contents.Add(new ErrorContent("The model declined.") { ErrorCode = "refusal" });
        if (update.Usage is { } usage)
            read.Contents.Add(new UsageContent(new() { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount }));
        read.FinishReason = update.FinishReason switch
        {
            OpenAI.Chat.ChatFinishReason.Stop => ChatFinishReason.Stop,
            OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
            OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
            OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
            _ => null,
        };
        return read;
    }
}
