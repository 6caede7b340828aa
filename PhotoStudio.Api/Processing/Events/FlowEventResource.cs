using System.Text.Json.Serialization;
using PhotoStudio.Api.Batches;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>The data of one event of a pipeline's or a batch's stream.</summary>
public sealed record FlowEventResource
{
    /// <summary>
    /// snapshot (always first), step (a pipeline's step has got to another state), item (an item of a batch has ended), progress,
    /// completed, failed or cancelled; the last three end the stream.
    /// </summary>
    public required string EventType { get; init; }

    /// <summary>The pipeline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? PipelineId { get; init; }

    /// <summary>The batch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BatchId { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>How far all of it is, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>The current step of a pipeline, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Step { get; init; }

    /// <summary>The operation of that step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Operation { get; init; }

    /// <summary>Where that step stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StepStatus { get; init; }

    /// <summary>What the engine is doing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init; }

    /// <summary>How many items of a batch stand where.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchCountsResource? Counts { get; init; }

    /// <summary>The item that has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchItemResource? Item { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A signed URL of the picture that came out, on a pipeline's completion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>Every picture that came out, on a pipeline's completion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ResultResource>? Results { get; init; }

    /// <summary>Why it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobErrorResource? Error { get; init; }
}

/// <summary>The contract of the events of pipelines and batches.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FlowEventResource))]
public sealed partial class FlowEventJson : JsonSerializerContext;
