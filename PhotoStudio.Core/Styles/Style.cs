using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Styles;

/// <summary>A style of the catalogue: a name that people choose, and what it sets for the operations that take one.</summary>
public sealed record Style
{
    /// <summary>The longest name and slug, in characters.</summary>
    public const int MaxNameLength = 80;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 500;

    /// <summary>Identifies the style; a style of the studio's own catalogue has the same id in every studio.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name in URLs: lower-case letters, digits and hyphens; unique.</summary>
    public required string Slug { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it looks like, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The slug of its category.</summary>
    public required string Category { get; init; }

    /// <summary>How a prompt is put into words for it (<see cref="Styles.PromptTemplate"/>).</summary>
    public required string PromptTemplate { get; init; }

    /// <summary>The quality where a job asks for none.</summary>
    public ResultQuality DefaultQuality { get; init; }

    /// <summary>The background where a job asks for none.</summary>
    public ResultBackground DefaultBackground { get; init; }

    /// <summary>The file format where a job asks for none.</summary>
    public OutputFormat DefaultOutputFormat { get; init; }

    /// <summary>Whether it goes with a transparent background: its ground is not part of its look.</summary>
    public bool SupportsTransparency { get; init; }

    /// <summary>Whether it takes a premium account.</summary>
    public bool IsPremium { get; init; }

    /// <summary>What it is painted with: parameters of style-transfer as a JSON object (<see cref="StyleEngine"/>).</summary>
    public required string Engine { get; init; }

    /// <summary>Its place in lists; equal places are ordered by name.</summary>
    public int Position { get; init; }

    /// <summary>When it was retired: it is in no list and no job takes it, and what was made with it still shows it.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>When it came into this studio.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; init; }
}

/// <summary>A category of styles.</summary>
/// <param name="Id">Identifies it; the same in every studio.</param>
/// <param name="Slug">Its name in URLs.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Icon">The name of an icon, such as <c>brush</c> (Material Symbols).</param>
/// <param name="Color">A colour for it, #rrggbb.</param>
/// <param name="Position">Its place in lists.</param>
public sealed record StyleCategory(Guid Id, string Slug, string Name, string Icon, string Color, int Position = 0);

/// <summary>How good a result is to be.</summary>
public enum ResultQuality
{
    /// <summary>As the operation finds right.</summary>
    Auto,

    /// <summary>Quick and small.</summary>
    Low,

    /// <summary>In between.</summary>
    Medium,

    /// <summary>As good as it gets.</summary>
    High,
}

/// <summary>What a style is to everybody together.</summary>
/// <param name="Uses">Jobs that took it.</param>
/// <param name="Favorites">People whose favourite it is.</param>
/// <param name="Ratings">People who rated it.</param>
/// <param name="Average">The mean of their ratings, 1–5; null without any.</param>
public sealed record StyleFigures(long Uses, long Favorites, long Ratings, double? Average)
{
    /// <summary>Nobody has used it yet.</summary>
    public static StyleFigures None { get; } = new(0, 0, 0, null);
}
