using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Batches;

/// <summary>The same steps over many pictures, as the API shows them.</summary>
public sealed record BatchResource
{
    /// <summary>Identifies the batch.</summary>
    public required Guid Id { get; init; }

    /// <summary>
    /// pending, processing, completed, failed or cancelled. It is completed when every item has ended and at least one is done;
    /// which failed, the items say.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>How far all of it is, 0–1; every step of every item counts the same.</summary>
    public required double Progress { get; init; }

    /// <summary>How many items stand where.</summary>
    public required BatchCountsResource Counts { get; init; }

    /// <summary>What is done to every picture.</summary>
    public required IReadOnlyList<BatchStepResource> Steps { get; init; }

    /// <summary>The pictures in the order they were sent; null in lists.</summary>
    public IReadOnlyList<BatchItemResource>? Items { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last item ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Seconds until all of it is expected to be done; null when it has ended, in lists, and while too little is known.</summary>
    public double? EstimateSeconds { get; init; }

    /// <summary>Its events (SSE), signed: no token is needed.</summary>
    public required string EventsUrl { get; init; }

    /// <summary>Related paths.</summary>
    public required BatchLinksResource Links { get; init; }
}

/// <summary>How many items of a batch stand where.</summary>
/// <param name="Total">Every item.</param>
/// <param name="Pending">Items that have not begun.</param>
/// <param name="Processing">Items that have begun and not ended.</param>
/// <param name="Completed">Items that are done.</param>
/// <param name="Failed">Items that failed, refused pictures included.</param>
/// <param name="Cancelled">Items that were called off.</param>
public sealed record BatchCountsResource(int Total, int Pending, int Processing, int Completed, int Failed, int Cancelled);

/// <summary>One step of a batch.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Parameters">The parameters it runs with, defaults included.</param>
public sealed record BatchStepResource(string Operation, JsonObject Parameters);

/// <summary>One picture of a batch.</summary>
public sealed record BatchItemResource
{
    /// <summary>Its place, from 0, as it was sent.</summary>
    public required int Index { get; init; }

    /// <summary>Its file name, URL or id, as it was sent.</summary>
    public required string Name { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>How far it is, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>The stored picture; null when it was refused.</summary>
    public Guid? ImageId { get; init; }

    /// <summary>The pipeline of its steps; null when it was refused.</summary>
    public Guid? PipelineId { get; init; }

    /// <summary>The job of its latest step; null when it was refused.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Why it was refused or failed.</summary>
    public JobErrorResource? Error { get; init; }

    /// <summary>What came out; empty until it is completed.</summary>
    public required IReadOnlyList<ResultResource> Results { get; init; }
}

/// <summary>Paths around a batch.</summary>
/// <param name="Self">The batch.</param>
/// <param name="Cancel">Where to POST to call it off.</param>
public sealed record BatchLinksResource(string Self, string Cancel);

/// <summary>The contracts of batches.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BatchResource))]
[JsonSerializable(typeof(ListEnvelope<BatchResource>))]
public sealed partial class BatchJson : JsonSerializerContext;
