using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>Lists of styles: by category and words, by what everybody uses, and what the caller thinks of them.</summary>
internal static class ListStyles
{
    private const int MaxSearch = 100;

    public static async Task<Results<Ok<ListEnvelope<StyleResource>>, StudioProblem>> ListAsync(
        HttpRequest request, Caller caller, IStyleStore styles, StylePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var filter = await FilterAsync(query, styles, cancellationToken);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await styles.ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(query.Answer(await presenter.ShowAsync(found, caller, cancellationToken), "The styles."));
    }

    public static async Task<Ok<Envelope<IReadOnlyList<StyleCategoryResource>>>> CategoriesAsync(
        Caller caller, IStyleStore styles, CancellationToken cancellationToken)
    {
        _ = caller;
        var categories = await styles.CategoriesAsync(cancellationToken);
        return TypedResults.Ok(new Envelope<IReadOnlyList<StyleCategoryResource>>(
            [.. categories.Select(entry => StylePresenter.Show(entry.Category, entry.Styles))], "The categories of styles."));
    }

    public static async Task<Results<Ok<ListEnvelope<StyleResource>>, StudioProblem>> PopularAsync(
        HttpRequest request, Caller caller, IStyleStore styles, IStyleOpinions opinions, StylePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var all = (await styles.AllAsync(cancellationToken)).Where(style => style.RetiredAt is null).ToList();
        var figures = await opinions.FiguresAsync([.. all.Select(style => style.Id)], cancellationToken);

        // A favourite counts as some uses, so that what is loved and new has a chance beside what is old.
        var ordered = all.OrderByDescending(style => figures[style.Id].Uses + (3 * figures[style.Id].Favorites))
            .ThenByDescending(style => figures[style.Id].Average ?? 0).ThenBy(style => style.Position).ThenBy(style => style.Id);
        var items = await presenter.ShowAsync([.. ordered.Skip(page.Skip).Take(page.Size)], caller, caller.Owner, cancellationToken);
        return TypedResults.Ok(query.Answer(new Page<StyleResource>(items, page.Number, page.Size, all.Count), "The styles that are used most."));
    }

    public static async Task<Results<Ok<ListEnvelope<StylePreferenceResource>>, StudioProblem>> PreferencesAsync(
        HttpRequest request, Caller caller, IStyleStore styles, IStyleOpinions opinions, StylePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var owner = caller.Owner;
        var found = await opinions.ListAsync(owner, page, cancellationToken);
        var known = (await styles.AllAsync(cancellationToken)).ToDictionary(style => style.Id);
        var shown = (await presenter.ShowAsync([.. found.Items.Select(opinion => known[opinion.StyleId])], caller, owner, cancellationToken)).ToDictionary(style => style.Id);
        return TypedResults.Ok(query.Answer(
            found.Select(opinion => new StylePreferenceResource(
                shown[opinion.StyleId], opinion.IsFavorite, opinion.Uses, opinion.LastUsedAt, opinion.Rating, opinion.Comment)),
            "Your styles: favourites first, then those you use most."));
    }

    /// <summary>Reads <c>category</c> (a slug or an id), <c>search</c> or <c>q</c>, and <c>premium</c> or <c>is_premium</c>.</summary>
    internal static async Task<StyleFilter> FilterAsync(ListQuery query, IStyleStore styles, CancellationToken cancellationToken)
    {
        string? slug = null;
        if (query.Text("category", Style.MaxNameLength) is { } asked)
        {
            var categories = (await styles.CategoriesAsync(cancellationToken)).Select(entry => entry.Category).ToList();
            slug = categories.Find(category => category.Slug.Equals(asked, StringComparison.OrdinalIgnoreCase) || (Guid.TryParse(asked, out var id) && category.Id == id))?.Slug;
            if (slug is null) query.Faults.Add("category", $"is not known. Known: {string.Join(", ", categories.Select(category => category.Slug))}.");
        }

        return new StyleFilter(slug, query.Text("search", MaxSearch) ?? query.Text("q", MaxSearch), query.Flag("premium") ?? query.Flag("is_premium"));
    }
}
