using System.Text.Json.Serialization;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Core.Chat;

/// <summary>
/// What a person wrote in a conversation, and what the studio made of it. The messages of a conversation are worked on one after the
/// other, in the order of their numbers.
/// </summary>
/// <param name="Id">Identifies it.</param>
/// <param name="SessionId">The conversation.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Number">Its place in the conversation, from 1.</param>
/// <param name="Content">What the person wrote.</param>
/// <param name="CreatedAt">When it was received.</param>
public sealed record ChatMessage(Guid Id, Guid SessionId, Owner Owner, int Number, string Content, DateTimeOffset CreatedAt)
{
    /// <summary>The longest message, in characters (UTF-16 code units), after <see cref="ChatText.Clean"/>.</summary>
    public const int MaxLength = 10_000;

    /// <summary>The most messages of one owner that may wait or be worked on at a time.</summary>
    public const int MaxUnfinished = 50;

    /// <summary>The most pictures that come with a message.</summary>
    public const int MaxAttachments = 8;

    /// <summary>Where it stands: pending until it is its turn, processing, then completed or failed.</summary>
    public JobState State { get; init; }

    /// <summary>When it reached its end.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it came with and what was made of it.</summary>
    public ChatWork Work { get; init; } = new();

    /// <summary>Counts the changes, from 1; the version of its document.</summary>
    public long Version { get; init; } = 1;
}

/// <summary>What a message came with, and what became of it step by step.</summary>
public sealed record ChatWork
{
    /// <summary>The pictures that came with it.</summary>
    public IReadOnlyList<ChatAttachment> Attachments { get; init; } = [];

    /// <summary>What it was taken for; null until that is known.</summary>
    public AssistantPlan? Plan { get; init; }

    /// <summary>What the engine is given in place of each step's prompt, by step; null for a step whose words stay as they are.</summary>
    public IReadOnlyList<JobRefinement?> Refinements { get; init; } = [];

    /// <summary>The jobs of the plan's steps so far, in order.</summary>
    public IReadOnlyList<Guid> Jobs { get; init; } = [];

    /// <summary>The pictures that it led to: those of the steps that were asked for, in order.</summary>
    public IReadOnlyList<ChatResult> Results { get; init; } = [];

    /// <summary>What was found, as JSON, where a step delivers data instead of a picture.</summary>
    public string? Data { get; init; }

    /// <summary>What the studio answers, in the person's language.</summary>
    public string? Reply { get; init; }

    /// <summary>Why it failed.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>The prompt that the image model gets: that of the first step which was asked for and has one; null without one.</summary>
    [JsonIgnore]
    public string? RefinedPrompt => Refinements.FirstOrDefault(refinement => refinement is not null)?.Prompt;
}

/// <summary>A picture that came with a message.</summary>
/// <param name="ImageId">Its record.</param>
/// <param name="Slot">The input slot that the person says it is for; null when it is just a picture.</param>
public sealed record ChatAttachment(Guid ImageId, string? Slot = null);

/// <summary>A picture that a message led to.</summary>
/// <param name="ImageId">Its record.</param>
/// <param name="Step">The index of the plan's step that made it.</param>
public sealed record ChatResult(Guid ImageId, int Step);

/// <summary>Source-generated JSON of what is stored of messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChatWork))]
public sealed partial class ChatJson : JsonSerializerContext;
