using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Styles;

namespace PhotoStudio.Api.Submission;

/// <summary>A job as the API shows it.</summary>
public sealed record JobResource
{
    /// <summary>Identifies the job.</summary>
    public required Guid Id { get; init; }

    /// <summary>pending, processing, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>The same name, as jobs are typed.</summary>
    public string JobType => Operation;

    /// <summary>The parameters it runs with, defaults included.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>The style of the catalogue that it was submitted with.</summary>
    public Guid? StyleId => StyleIds.Of(Parameters);

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the latest attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How far it is, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>What the engine is doing.</summary>
    public string? Stage { get; init; }

    /// <summary>How often a worker has taken it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why it failed, or why its latest attempt did.</summary>
    public JobErrorResource? Error { get; init; }

    /// <summary>The pictures it made; empty until it is completed.</summary>
    public required IReadOnlyList<ResultResource> Results { get; init; }

    /// <summary>The data it made, for an operation that delivers data.</summary>
    public JsonNode? Data { get; init; }

    /// <summary>What ran it; null until it is completed.</summary>
    public EngineResource? Metadata { get; init; }

    /// <summary>Where it stands in the queue; null once it has left it.</summary>
    public QueueResource? Queue { get; init; }

    /// <summary>The pipeline it is a step of; null when it stands alone.</summary>
    public Guid? PipelineId { get; init; }

    /// <summary>Which step of the pipeline it is, from 0; null when it stands alone.</summary>
    public int? Step { get; init; }

    /// <summary>The batch it belongs to; null when it belongs to none.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Its events (SSE), signed: no token is needed.</summary>
    public required string EventsUrl { get; init; }

    /// <summary>Related paths.</summary>
    public required JobLinksResource Links { get; init; }
}

/// <summary>Why a job failed.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record JobErrorResource(string Code, string Message);

/// <summary>A picture that a job made; also a processed image and a gallery entry, under the same id.</summary>
/// <param name="Id">Identifies the picture.</param>
/// <param name="Url">A signed URL that shows it, until it expires.</param>
/// <param name="DownloadUrl">A signed URL that saves it under a file name, until it expires.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">SHA-256 of the file, 64 hexadecimal digits.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record ResultResource(
    Guid Id,
    string Url,
    string DownloadUrl,
    int Width,
    int Height,
    string ContentType,
    long Bytes,
    string Sha256,
    DateTimeOffset CreatedAt);

/// <summary>What ran an operation.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Tier">onnx, remote or builtin.</param>
/// <param name="Version">The version of its algorithm.</param>
/// <param name="Model">The model it used.</param>
/// <param name="Device">Where it ran.</param>
/// <param name="Seed">The seed it used.</param>
/// <param name="Milliseconds">Time in the engine.</param>
/// <param name="Confidence">How sure it is, 0–1.</param>
/// <param name="Notes">What to know about the result, a sentence each, such as what was asked for and could not be used.</param>
public sealed record EngineResource(
    string Engine,
    string Tier,
    string Version,
    string? Model,
    string Device,
    long? Seed,
    double Milliseconds,
    double? Confidence,
    IReadOnlyList<string>? Notes = null);

/// <summary>Where a job stands in the queue.</summary>
/// <param name="Position">1 is next.</param>
/// <param name="Running">Jobs being processed.</param>
/// <param name="EstimateSeconds">Seconds until it is expected to be done; null while nothing is known of its operation.</param>
public sealed record QueueResource(int Position, int Running, double? EstimateSeconds);

/// <summary>Paths around a job.</summary>
/// <param name="Self">The job.</param>
/// <param name="Cancel">Where to POST to call it off.</param>
/// <param name="Operation">The operation's description.</param>
public sealed record JobLinksResource(string Self, string Cancel, string Operation);

/// <summary>The contracts of jobs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JobResource))]
[JsonSerializable(typeof(IReadOnlyList<JobResource>))]
[JsonSerializable(typeof(ResultResource))]
[JsonSerializable(typeof(IReadOnlyList<ResultResource>))]
public sealed partial class JobJson : JsonSerializerContext;
