using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Styles;

/// <summary>The studio's own styles, from <c>Styles/catalogue.json</c>: what a new studio begins with and a later version brings up to date.</summary>
/// <param name="Categories">The categories, in their order.</param>
/// <param name="Styles">The styles with the version of each; a higher one replaces what is stored, unless an administrator has changed it.</param>
public sealed record StyleCatalogue(IReadOnlyList<StyleCategory> Categories, IReadOnlyList<SeededStyle> Styles)
{
    private static readonly Lazy<StyleCatalogue> Read = new(Load);

    /// <summary>The catalogue that this version of the studio has.</summary>
    public static StyleCatalogue Own => Read.Value;

    private static StyleCatalogue Load()
    {
        const string name = "PhotoStudio.Core.Styles.catalogue.json";
        using var stream = typeof(StyleCatalogue).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        var file = JsonSerializer.Deserialize(stream, StyleCatalogueJson.Default.StyleCatalogueFile)
            ?? throw new InvalidOperationException($"The resource {name} is empty.");
        var categories = file.Categories.Select((category, index) =>
            new StyleCategory(category.Id, category.Slug, category.Name, category.Icon, category.Color, index)).ToList();
        return new(categories, [.. file.Styles.Select(ToStyle)]);
    }

    private static SeededStyle ToStyle(StyleCatalogueEntry entry, int index)
    {
        var faults = new FaultList();
        var engine = StyleEngine.Read(entry.Engine, "engine", faults);
        if (PromptTemplate.Fault(entry.PromptTemplate) is { } fault) faults.Add("prompt_template", fault);
        if (engine is null || !faults.IsEmpty) throw new InvalidOperationException($"The style {entry.Slug} of the catalogue: {faults}");
        return new(
            new Style
            {
                Id = entry.Id,
                Slug = entry.Slug,
                Name = entry.Name,
                Description = entry.Description,
                Category = entry.Category,
                PromptTemplate = entry.PromptTemplate,
                DefaultQuality = entry.DefaultQuality,
                DefaultBackground = entry.DefaultBackground,
                DefaultOutputFormat = entry.DefaultOutputFormat,
                SupportsTransparency = entry.SupportsTransparency,
                IsPremium = entry.IsPremium,
                Engine = engine,
                Position = index,
            },
            entry.Version);
    }
}

/// <summary>A style of the catalogue's file.</summary>
/// <param name="Style">The style.</param>
/// <param name="Version">Counts the changes that were made to it in the file.</param>
public sealed record SeededStyle(Style Style, int Version);

/// <summary>The catalogue's file.</summary>
internal sealed record StyleCatalogueFile
{
    public required IReadOnlyList<StyleCategoryEntry> Categories { get; init; }

    public required IReadOnlyList<StyleCatalogueEntry> Styles { get; init; }
}

/// <summary>A category in the file.</summary>
internal sealed record StyleCategoryEntry(Guid Id, string Slug, string Name, string Icon, string Color);

/// <summary>A style in the file.</summary>
internal sealed record StyleCatalogueEntry
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Category { get; init; }

    public required string PromptTemplate { get; init; }

    public ResultQuality DefaultQuality { get; init; }

    public ResultBackground DefaultBackground { get; init; }

    public OutputFormat DefaultOutputFormat { get; init; }

    public bool SupportsTransparency { get; init; }

    public bool IsPremium { get; init; }

    public required JsonElement Engine { get; init; }
}

/// <summary>The form of the catalogue's file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StyleCatalogueFile))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class StyleCatalogueJson : JsonSerializerContext;
