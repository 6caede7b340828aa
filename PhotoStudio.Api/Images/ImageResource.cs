using System.Text.Json.Serialization;
using PhotoStudio.Api.Images.Resumable;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Processing;

namespace PhotoStudio.Api.Images;

/// <summary>A picture as its owner sees it.</summary>
public sealed record ImageResource
{
    /// <summary>Identifies the picture; a result has this id as a processed image and a gallery entry as well.</summary>
    public required Guid Id { get; init; }

    /// <summary>upload or result.</summary>
    public required string Kind { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Title { get; init; }

    /// <summary>What its owner says about it.</summary>
    public string? Description { get; init; }

    /// <summary>The name of the file that was sent, without folders and without what could deceive.</summary>
    public string? FileName { get; init; }

    /// <summary>A signed URL that shows it, optimised for screens and without metadata, until it expires.</summary>
    public required string Url { get; init; }

    /// <summary>A signed URL of a small size.</summary>
    public required string ThumbnailUrl { get; init; }

    /// <summary>Signed URLs of every named size; they are made when they are first asked for.</summary>
    public required IReadOnlyDictionary<string, string> Sizes { get; init; }

    /// <summary>Where its owner downloads the file exactly as it was sent or made; a download is counted.</summary>
    public required string DownloadUrl { get; init; }

    /// <summary>Width in pixels, upright.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, upright.</summary>
    public required int Height { get; init; }

    /// <summary>The file's media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether its owner shows it to everybody.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Whether it may be shown to others; while it may not, nobody else sees it even if it is public.</summary>
    public required bool IsContentSafe { get; init; }

    /// <summary>What moderation found; null when it was not asked.</summary>
    public ModerationResource? Moderation { get; init; }

    /// <summary>Whether it is a favourite.</summary>
    public required bool IsFavorite { get; init; }

    /// <summary>Its owner's rating, 1–5.</summary>
    public int? Rating { get; init; }

    /// <summary>What its owner says about the rating.</summary>
    public string? RatingComment { get; init; }

    /// <summary>Its tags, those that the owner gave first.</summary>
    public required IReadOnlyList<TagResource> Tags { get; init; }

    /// <summary>How often it was downloaded.</summary>
    public required long Downloads { get; init; }

    /// <summary>What the camera wrote into the file. Nobody but the owner gets to see it.</summary>
    public CameraResource? Exif { get; init; }

    /// <summary>Its perceptual hash, 16 hexadecimal digits; null until it was taken.</summary>
    public string? PerceptualHash { get; init; }

    /// <summary>The owner's earlier upload of exactly the same file, in the answer to an upload.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? DuplicateOf { get; init; }

    /// <summary>The operation that made it.</summary>
    public string? Operation { get; init; }

    /// <summary>The pictures it was made from.</summary>
    public required IReadOnlyList<Guid> SourceIds { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its owner last changed something about it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was deleted; it can be restored until it is removed for good.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Counts the changes; the entity tag begins with it.</summary>
    public required long Version { get; init; }
}

/// <summary>A picture as everybody sees it.</summary>
/// <param name="Id">Identifies the picture.</param>
/// <param name="Title">What its owner calls it.</param>
/// <param name="Description">What its owner says about it.</param>
/// <param name="Url">A signed URL that shows it, until it expires.</param>
/// <param name="ThumbnailUrl">A signed URL of a small size.</param>
/// <param name="Sizes">Signed URLs of every named size.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record PublicImageResource(
    Guid Id,
    string? Title,
    string? Description,
    string Url,
    string ThumbnailUrl,
    IReadOnlyDictionary<string, string> Sizes,
    int Width,
    int Height,
    IReadOnlyList<TagResource> Tags,
    DateTimeOffset CreatedAt);

/// <summary>A tag of a picture.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Slug">As it stands in URLs.</param>
/// <param name="Confidence">How sure detection is, 0–1; null for a tag that the owner gave.</param>
public sealed record TagResource(string Name, string Slug, double? Confidence);

/// <summary>A tag and on how many pictures it is.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Slug">As it stands in URLs.</param>
/// <param name="Count">Pictures.</param>
public sealed record TagCountResource(string Name, string Slug, long Count);

/// <summary>What moderation found.</summary>
/// <param name="Status">safe, review (a person should look), refused (kept from others), approved or rejected (a person decided).</param>
/// <param name="Score">The highest score of a category, 0–1.</param>
/// <param name="Threshold">The score from which a picture is kept from others.</param>
/// <param name="Categories">The categories with a score above zero.</param>
/// <param name="Method">What judged.</param>
/// <param name="CheckedAt">When it judged.</param>
/// <param name="Note">What the person who decided says.</param>
/// <param name="DecidedAt">When a person decided.</param>
public sealed record ModerationResource(
    string Status,
    double Score,
    double Threshold,
    IReadOnlyDictionary<string, double> Categories,
    string Method,
    DateTimeOffset CheckedAt,
    string? Note,
    DateTimeOffset? DecidedAt);

/// <summary>What a camera wrote.</summary>
/// <param name="Fields">Exif's fields by name.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record CameraResource(IReadOnlyDictionary<string, string> Fields, double? Latitude, double? Longitude);

/// <summary>A picture that looks like another.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Distance">How many of the 64 bits of their hashes differ.</param>
/// <param name="Similarity">1 for the same hash, 0 for the opposite one.</param>
public sealed record SimilarImageResource(ImageResource Image, int Distance, double Similarity);

/// <summary>Whether a picture is a favourite.</summary>
/// <param name="Id">The picture.</param>
/// <param name="IsFavorite">Whether it is.</param>
public sealed record FavoriteResource(Guid Id, bool IsFavorite);

/// <summary>A picture's rating.</summary>
/// <param name="Id">The picture.</param>
/// <param name="Rating">1–5; null when it was taken back.</param>
/// <param name="Comment">What the owner says about it.</param>
public sealed record RatingResource(Guid Id, int? Rating, string? Comment);

/// <summary>Sums over the caller's pictures.</summary>
/// <param name="TotalImages">Uploads and results that are not deleted.</param>
/// <param name="Uploads">Uploads.</param>
/// <param name="Processed">Results.</param>
/// <param name="Deleted">Deleted ones that can be restored.</param>
/// <param name="Favorites">Favourites.</param>
/// <param name="Public">Those shown to everybody.</param>
/// <param name="TotalBytes">Bytes of all files, deleted ones too.</param>
/// <param name="TotalDownloads">Downloads.</param>
/// <param name="ByOperation">Results by operation.</param>
/// <param name="ByContentType">Pictures by media type.</param>
/// <param name="TopTags">The most used tags.</param>
public sealed record ImageStatsResource(
    long TotalImages,
    long Uploads,
    long Processed,
    long Deleted,
    long Favorites,
    long Public,
    long TotalBytes,
    long TotalDownloads,
    IReadOnlyDictionary<string, long> ByOperation,
    IReadOnlyDictionary<string, long> ByContentType,
    IReadOnlyList<TagCountResource> TopTags);

/// <summary>The contracts of pictures.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope<ImageResource>))]
[JsonSerializable(typeof(ListEnvelope<ImageResource>))]
[JsonSerializable(typeof(Envelope<PublicImageResource>))]
[JsonSerializable(typeof(ListEnvelope<PublicImageResource>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<TagCountResource>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<SimilarImageResource>>))]
[JsonSerializable(typeof(Envelope<FavoriteResource>))]
[JsonSerializable(typeof(Envelope<RatingResource>))]
[JsonSerializable(typeof(Envelope<ImageStatsResource>))]
[JsonSerializable(typeof(Envelope<DownloadResource>))]
[JsonSerializable(typeof(Envelope<UploadResource>))]
public sealed partial class ImageJson : JsonSerializerContext;
