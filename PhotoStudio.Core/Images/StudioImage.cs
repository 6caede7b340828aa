using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Core.Images;

/// <summary>
/// A stored picture: an upload or the result of a job. A result, a processed image and a gallery entry are three views
/// of this one record, with this one id.
/// </summary>
public sealed record StudioImage
{
    /// <summary>Identifies the picture; version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Where it came from.</summary>
    public required ImageKind Kind { get; init; }

    /// <summary>Where its bytes are.</summary>
    public required string BlobKey { get; init; }

    /// <summary>The media type of its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Width in pixels, after orientation.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, after orientation.</summary>
    public required int Height { get; init; }

    /// <summary>Size of its bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The job that made it.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Its number among the job's results, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The operation that made it.</summary>
    public string? Operation { get; init; }

    /// <summary>The parameters it was made with, as JSON.</summary>
    public string? Parameters { get; init; }

    /// <summary>What made it.</summary>
    public EngineReport? Engine { get; init; }

    /// <summary>The pictures it was made from.</summary>
    public IReadOnlyList<Guid> Parents { get; init; } = [];

    /// <summary>How often it was downloaded.</summary>
    public long Downloads { get; init; }

    /// <summary>When its owner deleted it; the bytes stay until it is deleted for good.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>Where a picture came from.</summary>
public enum ImageKind
{
    /// <summary>Somebody sent it.</summary>
    Upload,

    /// <summary>A job made it.</summary>
    Result,

    /// <summary>
    /// A job made it for the next step of its flow, which drops it once it has worked on it. No list and no query by id shows it.
    /// </summary>
    Intermediate,
}
