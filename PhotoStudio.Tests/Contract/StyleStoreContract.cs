using PhotoStudio.Core;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IStyleStore"/> and <see cref="IStyleOpinions"/> does.</summary>
public abstract class StyleStoreContract : IAsyncLifetime
{
    private static readonly StyleCatalogue Own = StyleCatalogue.Own;
    private StudioStores _stores = null!;

    private IStyleStore Styles => _stores.Store<IStyleStore>();

    private IStyleOpinions Opinions => _stores.Store<IStyleOpinions>();

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Seeding_brings_everything_in_once_even_from_several_processes()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Styles.SeedAsync(Own, default))));
        counts.Sum().ShouldBe(Own.Styles.Count);
        (await Styles.SeedAsync(Own, default)).ShouldBe(0);

        var stored = await Styles.AllAsync(default);
        stored.Select(style => (style.Id, style.Slug, style.Engine, style.Version)).ShouldBe(
            Own.Styles.Select(seeded => (seeded.Style.Id, seeded.Style.Slug, seeded.Style.Engine, 0L)), ignoreOrder: true);
        (await Styles.CategoriesAsync(default)).Select(entry => (entry.Category.Slug, entry.Styles)).ShouldBe(
            Own.Categories.Select(category => (category.Slug, Own.Styles.Count(seeded => seeded.Style.Category == category.Slug))));
    }

    [Fact]
    public async Task A_new_version_replaces_what_nobody_changed_and_leaves_the_rest_alone()
    {
        await Styles.SeedAsync(Own, default);
        var (kept, edited, retired) = (Own.Styles[0].Style, Own.Styles[1].Style, Own.Styles[2].Style);
        await Styles.ChangeAsync(edited.Id, null, (style, _) => style with { Description = "Ours." }, default);
        await Styles.ChangeAsync(retired.Id, null, (style, now) => style with { RetiredAt = now }, default);

        var next = Own with { Styles = [.. Own.Styles.Take(3).Select(seeded => new SeededStyle(seeded.Style with { Description = "New." }, 2))] };
        (await Styles.SeedAsync(next, default)).ShouldBe(1);
        (await Styles.FindAsync(kept.Id, default)).ShouldNotBeNull().Description.ShouldBe("New.");
        (await Styles.FindAsync(edited.Id, default)).ShouldNotBeNull().Description.ShouldBe("Ours.");
        (await Styles.FindAsync(retired.Id, default)).ShouldNotBeNull().RetiredAt.ShouldNotBeNull();
        (await Styles.AllAsync(default)).Count.ShouldBe(Own.Styles.Count);
    }

    [Fact]
    public async Task Lists_are_filtered_by_category_words_premium_and_retirement()
    {
        await Styles.SeedAsync(Own, default);
        async Task<IReadOnlyList<string>> SlugsAsync(StyleFilter filter) =>
            [.. (await Styles.ListAsync(filter, new PageRequest(1, 100), default)).Items.Select(style => style.Slug)];

        (await SlugsAsync(new StyleFilter("anime"))).ShouldAllBe(slug => slug.Contains("anime"));
        (await SlugsAsync(new StyleFilter(Search: "WÁTER"))).ShouldContain("watercolor");
        (await SlugsAsync(new StyleFilter(Search: "broad milky"))).ShouldBe(["milky-wash"]);
        (await SlugsAsync(new StyleFilter(Search: "100%_"))).ShouldBeEmpty();
        var premium = await SlugsAsync(new StyleFilter(Premium: true));
        var free = await SlugsAsync(new StyleFilter(Premium: false));
        (premium.Count + free.Count).ShouldBe(Own.Styles.Count);
        premium.Intersect(free).ShouldBeEmpty();

        var first = Own.Styles[0].Style;
        await Styles.ChangeAsync(first.Id, null, (style, now) => style with { RetiredAt = now }, default);
        (await SlugsAsync(new StyleFilter())).ShouldNotContain(first.Slug);
        (await SlugsAsync(new StyleFilter(Retired: true))).ShouldBe([first.Slug]);
        (await SlugsAsync(new StyleFilter(Retired: null))).Count.ShouldBe(Own.Styles.Count);

        var page = await Styles.ListAsync(new StyleFilter(), new PageRequest(2, 10), default);
        (page.Items.Count, page.Total).ShouldBe((10, Own.Styles.Count - 1));
        page.Items[0].Slug.ShouldBe((await SlugsAsync(new StyleFilter()))[10]);
    }

    [Fact]
    public async Task Styles_are_added_and_changed_by_version_and_keep_their_slugs_apart()
    {
        await Styles.SeedAsync(Own, default);
        var style = new Style
        {
            Id = Guid.CreateVersion7(), Slug = "house-blue", Name = "House Blue", Category = "print", PromptTemplate = "{original_prompt}",
            Engine = """{"palette":"ice","style":"risograph"}""", DefaultOutputFormat = OutputFormat.Png, DefaultQuality = ResultQuality.High,
        };
        var added = (await Styles.AddAsync(style, default)).ShouldBeOfType<StyleChange.Done>().Style;
        (added.Version, added.DefaultOutputFormat, added.DefaultQuality, added.Engine).ShouldBe((0, OutputFormat.Png, ResultQuality.High, style.Engine));
        (await Styles.AddAsync(style with { Id = Guid.CreateVersion7() }, default)).ShouldBeOfType<StyleChange.SlugTaken>();
        (await Styles.AddAsync(style with { Id = Guid.CreateVersion7(), Slug = "x", Category = "none" }, default)).ShouldBeOfType<StyleChange.UnknownCategory>();

        (await Styles.ChangeAsync(style.Id, 0, (known, _) => known with { Name = "House Ink" }, default)).ShouldBeOfType<StyleChange.Done>().Style.Version.ShouldBe(1);
        (await Styles.ChangeAsync(style.Id, 0, (known, _) => known with { Name = "Late" }, default)).ShouldBeOfType<StyleChange.Stale>().Version.ShouldBe(1);
        (await Styles.ChangeAsync(style.Id, null, (known, _) => known with { Slug = "mosaic" }, default)).ShouldBeOfType<StyleChange.SlugTaken>();
        (await Styles.ChangeAsync(Guid.NewGuid(), null, (known, _) => known, default)).ShouldBeOfType<StyleChange.Missing>();
        (await Styles.FindAsync(style.Id, default)).ShouldNotBeNull().Name.ShouldBe("House Ink");

        // The catalogue never takes over a style of this studio's own making.
        (await Styles.SeedAsync(Own, default)).ShouldBe(0);
    }

    [Fact]
    public async Task Opinions_are_each_owners_and_add_up()
    {
        await Styles.SeedAsync(Own, default);
        var (style, other) = (Own.Styles[0].Style.Id, Own.Styles[1].Style.Id);
        var (ana, ben) = (TestJobs.Someone(), TestJobs.Someone());
        await Opinions.ChangeAsync(ana, style, opinion => opinion with { IsFavorite = true, Rating = 5, Comment = "Warm." }, default);
        await Opinions.ChangeAsync(ben, style, opinion => opinion with { Rating = 2 }, default);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Opinions.CountUseAsync(ben, style, default))));
        await Opinions.CountUseAsync(ben, other, default);

        var figures = await Opinions.FiguresAsync([style, other, Own.Styles[2].Style.Id], default);
        figures[style].ShouldBe(new StyleFigures(12, 1, 2, 3.5));
        figures[other].ShouldBe(new StyleFigures(1, 0, 0, null));
        figures[Own.Styles[2].Style.Id].ShouldBe(StyleFigures.None);

        var anas = (await Opinions.ListAsync(ana, new PageRequest(), default)).Items.ShouldHaveSingleItem();
        (anas.IsFavorite, anas.Rating, anas.Comment, anas.Uses, anas.LastUsedAt).ShouldBe((true, 5, "Warm.", 0, null));
        var bens = await Opinions.ListAsync(ben, new PageRequest(), default);
        bens.Items.Select(opinion => (opinion.StyleId, opinion.Uses)).ShouldBe([(style, 12), (other, 1)]);
        bens.Items[0].LastUsedAt.ShouldNotBeNull();
        (await Opinions.OfAsync(ana, [other], default)).ShouldBeEmpty();
    }
}
