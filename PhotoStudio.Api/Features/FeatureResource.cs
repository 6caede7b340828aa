using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Features;

/// <summary>What a feature with a fixed path answers: one result, or the task that will have it.</summary>
public sealed record FeatureResource
{
    /// <summary>Always true; problems carry false.</summary>
    public bool Success => true;

    /// <summary>DONE, PROCESSING while the task goes on, or FAILED.</summary>
    public required string Status { get; init; }

    /// <summary>Identifies the request: the job's id.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The same id, as tasks are called.</summary>
    public Guid TaskId => RequestId;

    /// <summary>How far the task is, 0–1, where its status was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Progress { get; init; }

    /// <summary>Why it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The result; also its id in the gallery and in the history.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ImageId { get; init; }

    /// <summary>The same id, as gallery entries are called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? GalleryId => ImageId;

    /// <summary>A signed URL that shows the result, until it expires.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImageUrl { get; init; }

    /// <summary>The same URL under its short name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url => ImageUrl;

    /// <summary>A signed URL that saves the result under a file name, until it expires.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DownloadUrl { get; init; }

    /// <summary>Width in pixels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height { get; init; }

    /// <summary>The result's media type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentType { get; init; }

    /// <summary>The result's file as base64, on the endpoints that answer with bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? ImageBytes { get; init; }

    /// <summary>What ran it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EngineResource? Metadata { get; init; }

    /// <summary>Time from acceptance to the end, in seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ProcessingTime { get; init; }

    /// <summary>What is being done, a short phrase.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init; }

    /// <summary>The prompt as it came, for features that take one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Prompt { get; init; }

    /// <summary>The prompt that the engine was given, for features that take one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RefinedPrompt { get; init; }

    /// <summary>What the engine tells about the result beside the picture.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Data { get; init; }

    /// <summary>Where to follow a task that goes on (SSE), signed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventsUrl { get; init; }

    /// <summary>The same with a job's prompt and what was made of it.</summary>
    internal FeatureResource WithPromptsOf(Job job)
    {
        var prompt = PromptOf(job);
        return this with { Prompt = prompt, RefinedPrompt = job.Refinement?.Prompt ?? prompt };
    }

    private static string? PromptOf(Job job) =>
        JsonNode.Parse(job.Parameters) is JsonObject parameters && parameters["prompt"] is JsonValue prompt && prompt.TryGetValue(out string? text) ? text : null;
}

/// <summary>The contracts of the features.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FeatureResource))]
public sealed partial class FeatureJson : JsonSerializerContext;
