using System.Text.Json.Serialization;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Events;

/// <summary>Something that happened to one of the caller's jobs.</summary>
public sealed record OwnerEventResource
{
    /// <summary>
    /// snapshot (first: the jobs that have not ended, and those that ended since <c>Last-Event-ID</c>), then queued, started, progress,
    /// preview, retrying, completed, failed and cancelled.
    /// </summary>
    public required string EventType { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The job; absent in a snapshot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? JobId { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled; absent in a snapshot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>How far the attempt is, 0–1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Progress { get; init; }

    /// <summary>What the engine is doing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init; }

    /// <summary>The pipeline that the job is a step of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? PipelineId { get; init; }

    /// <summary>The batch that the pipeline is an item of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BatchId { get; init; }

    /// <summary>Why an attempt failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobErrorResource? Error { get; init; }

    /// <summary>The jobs of a snapshot, newest first, 100 at most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OwnerJobResource>? Jobs { get; init; }
}

/// <summary>A job in a snapshot.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Progress">How far it is, 0–1.</param>
public sealed record OwnerJobResource(Guid JobId, string Operation, string Status, double Progress);

/// <summary>The contracts of the caller's events, for compile-time JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OwnerEventResource))]
internal sealed partial class OwnerEventJson : JsonSerializerContext;
