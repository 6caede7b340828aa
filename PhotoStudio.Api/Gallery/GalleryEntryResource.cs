using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Gallery;

/// <summary>An entry of a gallery: a picture and how it came to be.</summary>
public sealed record GalleryEntryResource
{
    /// <summary>Identifies the entry; also the result and the processed image.</summary>
    public required Guid Id { get; init; }

    /// <summary>The same id under its longer name.</summary>
    public Guid ImageId => Id;

    /// <summary>Whose gallery it is, as the owner named itself.</summary>
    public string? UserId { get; init; }

    /// <summary>A signed URL that shows the picture, until it expires; it works for a deleted entry too, until that is removed for good.</summary>
    public required string ImageUrl { get; init; }

    /// <summary>A signed URL of a small size.</summary>
    public required string ThumbnailUrl { get; init; }

    /// <summary>Signed URLs of every named size.</summary>
    public required IReadOnlyDictionary<string, string> Sizes { get; init; }

    /// <summary>Where the owner downloads the file; a download is counted.</summary>
    public required string DownloadUrl { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string? Title { get; init; }

    /// <summary>What its owner says about it.</summary>
    public string? Description { get; init; }

    /// <summary>The prompt as it was given.</summary>
    public string? Prompt { get; init; }

    /// <summary>The prompt that the engine was given.</summary>
    public string? RefinedPrompt { get; init; }

    /// <summary>What the owner was understood to want; the operation where nothing else is known.</summary>
    public string? Intent { get; init; }

    /// <summary>The operation that made it.</summary>
    public string? Operation { get; init; }

    /// <summary>The style it was made in.</summary>
    public string? Style { get; init; }

    /// <summary>The task it came from: the job, or what the client that added it says.</summary>
    public string? TaskId { get; init; }

    /// <summary>The job that made it.</summary>
    public Guid? JobId { get; init; }

    /// <summary>What the client that added it wants to be kept; for a result its parameters, defaults included.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>What made it: engine, model, device, seed, time.</summary>
    public EngineResource? Metadata { get; init; }

    /// <summary>The seed it was made with.</summary>
    public long? Seed { get; init; }

    /// <summary>The pictures it was made from; <c>lineage</c> leads on to the originals.</summary>
    public required IReadOnlyList<Guid> Parents { get; init; }

    /// <summary>Its tags.</summary>
    public required IReadOnlyList<TagResource> Tags { get; init; }

    /// <summary>Whether it is a favourite.</summary>
    public required bool IsFavorite { get; init; }

    /// <summary>Its owner's rating, 1–5.</summary>
    public int? Rating { get; init; }

    /// <summary>Whether its owner shows it to everybody.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The file's media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>How often it was downloaded.</summary>
    public required long Downloads { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its owner last changed something about it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was deleted; it can be restored until it is removed for good.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Whether it is deleted.</summary>
    public bool IsDeleted => DeletedAt is not null;

    /// <summary>Counts the changes; the entity tag begins with it.</summary>
    public required long Version { get; init; }
}

/// <summary>A page of a gallery.</summary>
/// <param name="Items">The entries of the page.</param>
/// <param name="Total">How many entries the whole list has.</param>
/// <param name="Page">The page's number, from 1.</param>
/// <param name="PageSize">Entries a page.</param>
/// <param name="Next">The URL of the next page; null on the last one.</param>
/// <param name="Previous">The URL of the page before; null on the first one.</param>
public sealed record GalleryPage(IReadOnlyList<GalleryEntryResource> Items, long Total, int Page, int PageSize, string? Next, string? Previous)
{
    /// <summary>Always true; problems carry false.</summary>
    [JsonPropertyOrder(-1)]
    public bool Success => true;
}

/// <summary>Whether an entry is a favourite.</summary>
/// <param name="Id">The entry.</param>
/// <param name="IsFavorite">Whether it is.</param>
public sealed record GalleryFavorite(Guid Id, bool IsFavorite);

/// <summary>An entry's rating.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Rating">1–5; null when it was taken back.</param>
/// <param name="Comment">What the owner says about it.</param>
public sealed record GalleryRating(Guid Id, int? Rating, string? Comment);

/// <summary>Where an entry comes from, back to the originals.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Nodes">The entry and everything it was made from, the nearest first.</param>
/// <param name="Originals">Those that were made from nothing else: what was uploaded, and what was made from words.</param>
/// <param name="Complete">Whether the way back was walked to its end; it is cut off after very many pictures.</param>
public sealed record LineageResource(Guid Id, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<Guid> Originals, bool Complete);

/// <summary>A picture on the way back.</summary>
/// <param name="Id">The picture.</param>
/// <param name="Depth">Steps from the entry.</param>
/// <param name="Kind">upload, result, or removed where the picture is there no more.</param>
/// <param name="Operation">The operation that made it.</param>
/// <param name="Prompt">The prompt it was made from.</param>
/// <param name="Title">What its owner calls it.</param>
/// <param name="ImageUrl">A signed URL that shows it.</param>
/// <param name="ThumbnailUrl">A signed URL of a small size.</param>
/// <param name="Parents">The pictures it was made from.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="IsDeleted">Whether it is deleted, and can be restored.</param>
public sealed record LineageNode(
    Guid Id,
    int Depth,
    string Kind,
    string? Operation,
    string? Prompt,
    string? Title,
    string? ImageUrl,
    string? ThumbnailUrl,
    IReadOnlyList<Guid> Parents,
    DateTimeOffset? CreatedAt,
    bool IsDeleted);

/// <summary>The contracts of the gallery.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GalleryEntryResource))]
[JsonSerializable(typeof(GalleryPage))]
[JsonSerializable(typeof(GalleryFavorite))]
[JsonSerializable(typeof(GalleryRating))]
[JsonSerializable(typeof(LineageResource))]
public sealed partial class GalleryJson : JsonSerializerContext;
