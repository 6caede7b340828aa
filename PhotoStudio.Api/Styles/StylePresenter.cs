using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>Shows styles as the API's resources, with what everybody and the caller think of them.</summary>
public sealed class StylePresenter(IStyleStore styles, IStyleOpinions opinions)
{
    /// <summary>Shows one style.</summary>
    public async Task<StyleResource> ShowAsync(Style style, Caller caller, CancellationToken cancellationToken) =>
        (await ShowAsync([style], caller, caller.Owner, cancellationToken))[0];

    /// <summary>Shows a page of styles, with one question each for their categories, figures and opinions.</summary>
    public async Task<Page<StyleResource>> ShowAsync(Page<Style> page, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(await ShowAsync(page.Items, caller, caller.Owner, cancellationToken), page.Number, page.Size, page.Total);
    }

    /// <summary>Shows several styles.</summary>
    public async Task<IReadOnlyList<StyleResource>> ShowAsync(IReadOnlyList<Style> shown, Caller caller, Owner owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.Count == 0) return [];
        var ids = shown.Select(style => style.Id).ToList();
        var categories = (await styles.CategoriesAsync(cancellationToken)).ToDictionary(entry => entry.Category.Slug, entry => entry.Category, StringComparer.Ordinal);
        var figures = await opinions.FiguresAsync(ids, cancellationToken);
        var own = await opinions.OfAsync(owner, ids, cancellationToken);
        return [.. shown.Select(style => Show(style, categories[style.Category], figures[style.Id], own.GetValueOrDefault(style.Id), caller))];
    }

    /// <summary>Shows a category.</summary>
    internal static StyleCategoryResource Show(StyleCategory category, int? count = null) =>
        new(category.Id, category.Name, category.Slug, category.Icon, category.Color, count);

    private static StyleResource Show(Style style, StyleCategory category, StyleFigures figures, StyleOpinion? opinion, Caller caller) => new()
    {
        Id = style.Id,
        Slug = style.Slug,
        Name = style.Name,
        Description = style.Description,
        Category = Show(category),
        PromptTemplate = style.PromptTemplate,
        DefaultQuality = Wire(style.DefaultQuality),
        DefaultBackground = Wire(style.DefaultBackground),
        DefaultOutputFormat = Wire(style.DefaultOutputFormat),
        SupportsTransparency = style.SupportsTransparency,
        IsPremium = style.IsPremium,
        IsAvailable = caller.MayUse(style),
        IsRetired = style.RetiredAt is not null,
        Parameters = JsonNode.Parse(style.Engine)!.AsObject(),
        UsageCount = figures.Uses,
        FavoriteCount = figures.Favorites,
        RatingCount = figures.Ratings,
        AverageRating = figures.Average is { } average ? Math.Round(average, 2) : null,
        IsFavorite = opinion?.IsFavorite ?? false,
        Rating = opinion?.Rating,
        ExamplesUrl = $"{StyleEndpoints.Path}/{style.Id:D}/examples",
        CreatedAt = style.CreatedAt,
        UpdatedAt = style.UpdatedAt,
        Version = style.Version,
    };

    private static string Wire<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
