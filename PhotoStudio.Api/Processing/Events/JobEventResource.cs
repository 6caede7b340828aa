using System.Text.Json.Serialization;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>The data of one event of a job's stream.</summary>
public sealed record JobEventResource
{
    /// <summary>
    /// snapshot (always first: the job as the store has it), queued, started, progress, preview, retrying, completed,
    /// failed or cancelled; the last three end the stream.
    /// </summary>
    public required string EventType { get; init; }

    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>How far the attempt is, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>What the engine is doing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init; }

    /// <summary>How often a worker has taken the job.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A signed URL of the preview, or of the first result on completion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Url { get; init; }

    /// <summary>The same picture's file as base64, where the stream was asked for it and the file is not too large for an event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? B64Data { get; init; }

    /// <summary>Every result, on completion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ResultResource>? Results { get; init; }

    /// <summary>Where the job stands in the queue, while it waits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QueueResource? Queue { get; init; }

    /// <summary>Why an attempt, or the job, failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobErrorResource? Error { get; init; }
}
