using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;

namespace PhotoStudio.Api.Styles;

/// <summary>A category of styles.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Slug">Its name in URLs.</param>
/// <param name="Icon">The name of an icon (Material Symbols).</param>
/// <param name="Color">#rrggbb.</param>
/// <param name="StyleCount">How many styles it has; null where the category stands in a style.</param>
public sealed record StyleCategoryResource(
    Guid Id,
    string Name,
    string Slug,
    string Icon,
    string Color,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StyleCount = null);

/// <summary>A style.</summary>
public sealed record StyleResource
{
    /// <summary>Identifies the style: the <c>style_id</c> of jobs.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name in URLs; jobs take it as well.</summary>
    public required string Slug { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it looks like.</summary>
    public required string Description { get; init; }

    /// <summary>Its category.</summary>
    public required StyleCategoryResource Category { get; init; }

    /// <summary>How a prompt is put into words for it.</summary>
    public required string PromptTemplate { get; init; }

    /// <summary>auto, low, medium or high: the quality where a job asks for none.</summary>
    public required string DefaultQuality { get; init; }

    /// <summary>auto, transparent or opaque: the background where a job asks for none.</summary>
    public required string DefaultBackground { get; init; }

    /// <summary>The file format where a job asks for none.</summary>
    public required string DefaultOutputFormat { get; init; }

    /// <summary>Whether it goes with a transparent background.</summary>
    public required bool SupportsTransparency { get; init; }

    /// <summary>Whether it takes a premium account.</summary>
    public required bool IsPremium { get; init; }

    /// <summary>Whether the caller may use it.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>Whether it was retired; what was made with it still shows it.</summary>
    public required bool IsRetired { get; init; }

    /// <summary>The operation that paints it.</summary>
    public string Operation => "style-transfer";

    /// <summary>The parameters of that operation that it sets.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>How many jobs took it.</summary>
    public required long UsageCount { get; init; }

    /// <summary>How many people's favourite it is.</summary>
    public required long FavoriteCount { get; init; }

    /// <summary>How many people rated it.</summary>
    public required long RatingCount { get; init; }

    /// <summary>The mean of their ratings, 1–5; null without any.</summary>
    public double? AverageRating { get; init; }

    /// <summary>Whether it is one of the caller's favourites.</summary>
    public required bool IsFavorite { get; init; }

    /// <summary>The caller's rating.</summary>
    public int? Rating { get; init; }

    /// <summary>Where its examples are.</summary>
    public required string ExamplesUrl { get; init; }

    /// <summary>When it came into this studio.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the changes.</summary>
    public required long Version { get; init; }
}

/// <summary>What the caller thinks of a style and how often they use it.</summary>
/// <param name="Style">The style.</param>
/// <param name="IsFavorite">Whether it is a favourite.</param>
/// <param name="UsageCount">How many of the caller's jobs took it.</param>
/// <param name="LastUsedAt">When the latest of them was submitted.</param>
/// <param name="Rating">The caller's rating, 1–5.</param>
/// <param name="Comment">Why.</param>
public sealed record StylePreferenceResource(
    StyleResource Style, bool IsFavorite, long UsageCount, DateTimeOffset? LastUsedAt, int? Rating, string? Comment);

/// <summary>What a style makes of a picture of the studio's own.</summary>
/// <param name="Title">What the picture shows.</param>
/// <param name="OriginalImageUrl">A signed URL of the picture.</param>
/// <param name="StyledImageUrl">A signed URL of the picture in the style.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record StyleExampleResource(string Title, string OriginalImageUrl, string StyledImageUrl, int Width, int Height);

/// <summary>Whether a style is a favourite.</summary>
/// <param name="Id">The style.</param>
/// <param name="IsFavorite">Whether it is.</param>
public sealed record StyleFavoriteResource(Guid Id, bool IsFavorite);

/// <summary>The caller's rating of a style.</summary>
/// <param name="Id">The style.</param>
/// <param name="Rating">1–5; null when it was taken back.</param>
/// <param name="Comment">Why.</param>
public sealed record StyleRatingResource(Guid Id, int? Rating, string? Comment);

/// <summary>The contracts of styles.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope<IReadOnlyList<StyleCategoryResource>>))]
[JsonSerializable(typeof(Envelope<StyleResource>))]
[JsonSerializable(typeof(ListEnvelope<StyleResource>))]
[JsonSerializable(typeof(ListEnvelope<StylePreferenceResource>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<StyleExampleResource>>))]
[JsonSerializable(typeof(Envelope<StyleFavoriteResource>))]
[JsonSerializable(typeof(Envelope<StyleRatingResource>))]
internal sealed partial class StyleJson : JsonSerializerContext;
