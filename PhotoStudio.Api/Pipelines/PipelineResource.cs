using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Several operations in a row on one picture, as the API shows them.</summary>
public sealed record PipelineResource
{
    /// <summary>Identifies the pipeline.</summary>
    public required Guid Id { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>How far all of it is, 0–1; every step counts the same.</summary>
    public required double Progress { get; init; }

    /// <summary>The step that waits or runs, or the last one that did, from 0.</summary>
    public required int CurrentStep { get; init; }

    /// <summary>The steps in order.</summary>
    public required IReadOnlyList<PipelineStepResource> Steps { get; init; }

    /// <summary>Whether the pictures between the steps are kept.</summary>
    public required bool KeepIntermediate { get; init; }

    /// <summary>The pictures that came out at the end; empty until it is completed.</summary>
    public required IReadOnlyList<ResultResource> Results { get; init; }

    /// <summary>The data that the last step delivered, for an operation that delivers data.</summary>
    public JsonNode? Data { get; init; }

    /// <summary>Why it failed.</summary>
    public JobErrorResource? Error { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Where its current step stands in the queue; null while that runs and when it has ended.</summary>
    public QueueResource? Queue { get; init; }

    /// <summary>Seconds until all of it is expected to be done; null when it has ended and while too little is known.</summary>
    public double? EstimateSeconds { get; init; }

    /// <summary>The batch it is an item of.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Its events (SSE), signed: no token is needed.</summary>
    public required string EventsUrl { get; init; }

    /// <summary>Related paths.</summary>
    public required PipelineLinksResource Links { get; init; }
}

/// <summary>One step of a pipeline.</summary>
public sealed record PipelineStepResource
{
    /// <summary>Its place, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>The parameters it runs with, defaults included.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled; skipped when the pipeline ended before it.</summary>
    public required string Status { get; init; }

    /// <summary>How far it is, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>What the engine is doing.</summary>
    public string? Stage { get; init; }

    /// <summary>The job it is; null until the step before is done.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Why it failed, or why its latest attempt did.</summary>
    public JobErrorResource? Error { get; init; }

    /// <summary>What ran it.</summary>
    public EngineResource? Metadata { get; init; }

    /// <summary>The pictures it made, as far as they are kept.</summary>
    public required IReadOnlyList<ResultResource> Results { get; init; }
}

/// <summary>Paths around a pipeline.</summary>
/// <param name="Self">The pipeline.</param>
/// <param name="Cancel">Where to POST to call it off.</param>
public sealed record PipelineLinksResource(string Self, string Cancel);

/// <summary>The contracts of pipelines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PipelineResource))]
[JsonSerializable(typeof(ListEnvelope<PipelineResource>))]
public sealed partial class PipelineJson : JsonSerializerContext;
