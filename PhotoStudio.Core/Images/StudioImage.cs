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

    /// <summary>What its owner calls it.</summary>
    public string? Title { get; init; }

    /// <summary>What its owner says about it.</summary>
    public string? Description { get; init; }

    /// <summary>The name of the file that was sent, cleaned by <see cref="FileNames.Clean"/>.</summary>
    public string? FileName { get; init; }

    /// <summary>Its tags, each slug once: those that the owner gave first, then those that were found in the picture.</summary>
    public IReadOnlyList<ImageTag> Tags { get; init; } = [];

    /// <summary>Whether its owner shows it to everybody; it is shown only while <see cref="IsContentSafe"/>.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Whether it is one of its owner's favourites.</summary>
    public bool IsFavorite { get; init; }

    /// <summary>Its owner's rating, 1–5.</summary>
    public int? Rating { get; init; }

    /// <summary>What its owner says about the rating.</summary>
    public string? RatingComment { get; init; }

    /// <summary>Whether it is an entry of its owner's gallery: every result is, an upload only when it was put there.</summary>
    public bool InGallery { get; init; }

    /// <summary>The prompt it was made from, as it was given.</summary>
    public string? Prompt { get; init; }

    /// <summary>The prompt that the engine was given.</summary>
    public string? RefinedPrompt { get; init; }

    /// <summary>What the owner was understood to want: an operation's name or an intent of a conversation.</summary>
    public string? Intent { get; init; }

    /// <summary>The style it was made in.</summary>
    public string? Style { get; init; }

    /// <summary>The task that a client says it came from, where that is no job of the studio.</summary>
    public string? TaskId { get; init; }

    /// <summary>What a client wants to be kept with it: a JSON object.</summary>
    public string? Settings { get; init; }

    /// <summary>What moderation found; null when it was not asked.</summary>
    public ImageModeration? Moderation { get; init; }

    /// <summary>The 64 bits of its perceptual hash; null until it was taken.</summary>
    public long? PerceptualHash { get; init; }

    /// <summary>What the camera wrote into the file, for the owner's eyes only.</summary>
    public CameraMetadata? Camera { get; init; }

    /// <summary>When its owner last changed something about it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Counts the changes of the record, from 0; downloads are none.</summary>
    public long Version { get; init; }

    /// <summary>Whether it may be shown to others.</summary>
    public bool IsContentSafe => Moderation?.IsSafe ?? true;
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
