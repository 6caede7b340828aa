using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Chat;

/// <summary>A conversation.</summary>
public sealed record ChatSessionResource
{
    /// <summary>Identifies it.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The same id under its short name.</summary>
    public Guid Id => SessionId;

    /// <summary>The name that the client chose for it, where it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>What it is called; empty until its first message names it.</summary>
    public required string Title { get; init; }

    /// <summary>How many messages it has.</summary>
    public required int MessageCount { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was used last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>A signed URL of its event stream.</summary>
    public required string EventsUrl { get; init; }

    /// <summary>Its latest messages by number, where the details were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChatMessageResource>? Messages { get; init; }
}

/// <summary>A message and what was made of it.</summary>
public sealed record ChatMessageResource
{
    /// <summary>Identifies it.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The conversation.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Its place in the conversation, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>PROCESSING, DONE or FAILED.</summary>
    public required string Status { get; init; }

    /// <summary>What the person wrote.</summary>
    public required string Content { get; init; }

    /// <summary>What it was taken for: an operation's name, help, smalltalk or unclear.</summary>
    public string? Intent { get; init; }

    /// <summary>How sure the studio is of that, 0–1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The language of the answer: en, vi or es.</summary>
    public string? Language { get; init; }

    /// <summary>The steps that were planned: operation and parameters.</summary>
    public IReadOnlyList<ChatStepResource> Plan { get; init; } = [];

    /// <summary>The prompt that the image model gets.</summary>
    public string? RefinedPrompt { get; init; }

    /// <summary>What was found, where a step delivers data instead of a picture.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Data { get; init; }

    /// <summary>What the studio answers, or asks back.</summary>
    public string? Reply { get; init; }

    /// <summary>A signed URL of the picture it led to; the last one where there are several.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Every picture it led to; each is in the gallery under its id.</summary>
    public IReadOnlyList<ResultResource> Results { get; init; } = [];

    /// <summary>The pictures that came with it.</summary>
    public IReadOnlyList<ChatAttachmentResource> Attachments { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The same as a stable code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A planned step.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="TaskId">The job that runs it; null until it begins.</param>
public sealed record ChatStepResource(string Operation, JsonObject Parameters, Guid? TaskId);

/// <summary>A picture that came with a message.</summary>
/// <param name="ImageId">The picture.</param>
/// <param name="Url">A signed URL of it; null when it has been deleted.</param>
public sealed record ChatAttachmentResource(Guid ImageId, string? Url);

/// <summary>A page of conversations.</summary>
/// <param name="Sessions">The conversations, the one used last first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Page">Which page this is.</param>
/// <param name="PageSize">How many a page has.</param>
public sealed record ChatSessionsResource(IReadOnlyList<ChatSessionResource> Sessions, long Count, int Page, int PageSize);

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages by number.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Page">Which page this is.</param>
/// <param name="PageSize">How many a page has.</param>
public sealed record ChatMessagesResource(IReadOnlyList<ChatMessageResource> Messages, long Count, int Page, int PageSize);

/// <summary>An event of a conversation.</summary>
public sealed record ChatEventResource
{
    /// <summary>
    /// <c>message</c> (a message as it is now, whole), <c>plan</c> (what it was taken for), <c>progress</c> and <c>preview</c> (of the job
    /// that runs), <c>text</c> (the answer), or <c>deleted</c> (which ends the stream).
    /// </summary>
    public required string EventType { get; init; }

    /// <summary>The message that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? MessageId { get; init; }

    /// <summary>The message as it is now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatMessageResource? Message { get; init; }

    /// <summary>What it was taken for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Intent { get; init; }

    /// <summary>The steps that were planned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChatStepResource>? Plan { get; init; }

    /// <summary>The prompt that the image model gets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RefinedPrompt { get; init; }

    /// <summary>What the studio answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The job whose progress it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? TaskId { get; init; }

    /// <summary>How far that job is, 0–1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Progress { get; init; }

    /// <summary>What its engine is doing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init; }

    /// <summary>A signed URL of a preview.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviewUrl { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The contracts of conversations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatSessionResource))]
[JsonSerializable(typeof(ChatSessionsResource))]
[JsonSerializable(typeof(ChatMessageResource))]
[JsonSerializable(typeof(ChatMessagesResource))]
[JsonSerializable(typeof(ChatEventResource))]
public sealed partial class ChatResourceJson : JsonSerializerContext;
