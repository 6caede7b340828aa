using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.AiGateway;

/// <summary>What became of a message.</summary>
public sealed record GatewayResource
{
    /// <summary>Whether it has not failed.</summary>
    public required bool Success { get; init; }

    /// <summary>The conversation by the name that the client chose; its id where it chose none.</summary>
    public required string SessionId { get; init; }

    /// <summary>The message.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>PROCESSING, DONE or FAILED.</summary>
    public required string Status { get; init; }

    /// <summary>An operation's name, help, smalltalk or unclear.</summary>
    public string? Intent { get; init; }

    /// <summary>How sure the studio is of that, 0–1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The operation it was routed to; the last one where there are several. Null for an answer without a job.</summary>
    public string? Operation { get; init; }

    /// <summary>That operation's parameters.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>Every operation, in order.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>What the studio answers, or asks back.</summary>
    public string? Reply { get; init; }

    /// <summary>The prompt that the image model got.</summary>
    public string? RefinedPrompt { get; init; }

    /// <summary>A signed URL of the picture it led to.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Every picture it led to.</summary>
    public IReadOnlyList<ResultResource> Results { get; init; } = [];

    /// <summary>What was found, where a step delivers data instead of a picture.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Data { get; init; }

    /// <summary>The job that goes on, or the last one.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>A signed URL of the conversation's events.</summary>
    public required string EventsUrl { get; init; }
}

/// <summary>The contract of the gateway.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GatewayResource))]
public sealed partial class GatewayJson : JsonSerializerContext;
