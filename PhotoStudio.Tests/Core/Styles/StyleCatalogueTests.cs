using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;
using PhotoStudio.Core.Vocabulary;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Styles;

public sealed class StyleCatalogueTests
{
    private static readonly StyleCatalogue Catalogue = StyleCatalogue.Own;

    [Fact]
    public void It_has_at_least_thirty_styles_in_eight_categories_each_of_its_own()
    {
        var styles = Catalogue.Styles.Select(seeded => seeded.Style).ToList();
        styles.Count.ShouldBeGreaterThanOrEqualTo(30);
        Catalogue.Categories.Count.ShouldBeGreaterThanOrEqualTo(8);
        styles.Select(style => style.Id).Concat(Catalogue.Categories.Select(category => category.Id)).ShouldBeUnique();
        styles.Select(style => style.Slug).ShouldBeUnique();
        styles.Select(style => style.Name).ShouldBeUnique();
        styles.Select(style => style.Engine).ShouldBeUnique();
        foreach (var category in Catalogue.Categories)
        {
            category.Color.Length.ShouldBe(7, category.Slug);
            Convert.FromHexString(category.Color.AsSpan(1)).Length.ShouldBe(3, category.Slug);
            styles.Count(style => style.Category == category.Slug).ShouldBeGreaterThanOrEqualTo(3, category.Slug);
        }

        styles.ShouldContain(style => style.IsPremium);
        styles.ShouldContain(style => !style.IsPremium);
        Catalogue.Styles.ShouldAllBe(seeded => seeded.Version >= 1);
    }

    [Fact]
    public void Every_style_is_bound_to_an_engine_and_asks_for_nothing_that_contradicts_itself()
    {
        foreach (var (style, _) in Catalogue.Styles)
        {
            var given = StyleEngine.ValuesFor(OperationCatalog.Get("style-transfer"), style.Engine).ToList();
            var faults = new FaultList();
            OperationParameters.Read(OperationCatalog.Get("style-transfer"), given, faults).ShouldNotBeNull(faults.ToString());
            PromptTemplate.Fault(style.PromptTemplate).ShouldBeNull(style.Slug);
            style.PromptTemplate.ShouldContain("{style_name}", customMessage: style.Slug);
            if (style.DefaultBackground == ResultBackground.Transparent)
            {
                style.SupportsTransparency.ShouldBeTrue(style.Slug);
                style.DefaultOutputFormat.ShouldNotBe(OutputFormat.Jpeg, style.Slug);
            }

            Catalogue.Categories.ShouldContain(category => category.Slug == style.Category, style.Slug);
        }
    }

    [Fact]
    public void The_words_of_a_style_put_nothing_into_the_scene()
    {
        const string Prompt = "a red vase";
        var plain = SceneVocabulary.Read(Prompt).Things;
        foreach (var (style, _) in Catalogue.Styles)
            SceneVocabulary.Read(PromptTemplate.Fill(style.PromptTemplate, style.Name, Prompt)).Things.ShouldBe(plain, style.Slug);
    }
}
