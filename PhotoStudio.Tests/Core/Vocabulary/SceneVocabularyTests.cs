using PhotoStudio.Core.Prompts;
using PhotoStudio.Core.Vocabulary;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Vocabulary;

public sealed class SceneVocabularyTests
{
    [Theory]
    [InlineData("a mountain lake at sunset", "en", "mountain lake sunset")]
    [InlineData("hồ trên núi lúc hoàng hôn", "vi", "lake mountain sunset")]
    [InlineData("ho tren nui luc hoang hon", "vi", "lake mountain sunset")]
    [InlineData("un lago de montaña al atardecer", "es", "lake mountain sunset")]
    [InlineData("un lago de montana al atardecer", "es", "lake mountain sunset")]
    [InlineData("Snow-covered MOUNTAINS, starry night", "en", "snow mountain stars night")]
    [InlineData("mưa trên phố, ban đêm", "vi", "rain street night")]
    [InlineData("una casa, volcanes y flores", "es", "house volcano flower")]
    [InlineData("khinh khi cau tren canh dong", "vi", "balloon field")]
    public void The_same_things_are_read_in_three_languages(string prompt, string language, string things)
    {
        var reading = SceneVocabulary.Read(prompt);
        reading.Language.ShouldBe(language);
        reading.Things.ShouldBe(things.Split(' '), ignoreOrder: true);
        reading.Unrecognised.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a red house by a blue lake", "house", "red")]
    [InlineData("una casa roja junto al lago", "house", "red")]
    [InlineData("ngôi nhà màu đỏ bên hồ", "house", "red")]
    [InlineData("ngoi nha mau do ben ho", "house", "red")]
    [InlineData("una playa con mar turquesa", "sea", "turquoise")]
    [InlineData("con mèo đen", "cat", "black")]
    [InlineData("a red wooden barn in a green field", "barn", "red")]
    [InlineData("a red wooden barn in a green field", "field", "green")]
    [InlineData("a white weatherboard house", "house", "white")]
    [InlineData("un granero rojo en un campo de trigo", "barn", "red")]
    [InlineData("nhà kho màu đỏ trên cánh đồng", "barn", "red")]
    [InlineData("a blue house with a red roof", "roof", "red")]
    [InlineData("an old man with a white beard", "beard", "white")]
    public void A_colour_belongs_to_the_thing_beside_it(string prompt, string thing, string color) =>
        SceneVocabulary.Read(prompt).Tints[thing].ShouldBe(color);

    [Fact]
    public void A_colour_of_something_unknown_goes_to_nothing_else()
    {
        var reading = SceneVocabulary.Read("a red Ferrari beside a lake");

        reading.Tints.ShouldBeEmpty();
        reading.Colors.ShouldBe(["red"]);
        reading.Unrecognised.ShouldBe(["ferrari"]);
    }

    [Theory]
    [InlineData("a beach without clouds", "cloud", "beach")]
    [InlineData("a beach, no clouds, two boats", "cloud", "beach boat")]
    [InlineData("bãi biển không có mây", "cloud", "beach")]
    [InlineData("una playa sin nubes", "cloud", "beach")]
    public void A_negation_takes_things_out(string prompt, string negated, string things)
    {
        var reading = SceneVocabulary.Read(prompt);
        reading.Negated.ShouldBe([negated]);
        reading.Things.ShouldBe(things.Split(' '));
    }

    [Theory]
    [InlineData("three hot air balloons", "balloon", 3)]
    [InlineData("a boat", "boat", 1)]
    [InlineData("7 boats", "boat", 7)]
    [InlineData("ba con ngựa", "horse", 3)]
    [InlineData("dos barcas", "boat", 2)]
    public void Numbers_count_the_thing_that_follows(string prompt, string thing, int count)
    {
        var counts = SceneVocabulary.Read(prompt).Counts;
        counts[thing].ShouldBe(count);
    }

    [Fact]
    public void Words_it_does_not_have_are_reported_as_they_were_written_once() =>
        SceneVocabulary.Read("a Zeppelin over the sea, zeppelin and a quokka").Unrecognised.ShouldBe(["zeppelin", "quokka"]);

    [Theory]
    [InlineData("portrait of a woman", "person woman portrait")]
    [InlineData("a red lighthouse at sunset", "lighthouse sunset golden-hour")]
    [InlineData("a city street", "city street")]
    [InlineData("a vase of flowers on a table", "vase flower table")]
    [InlineData("a horse in a meadow", "horse meadow")]
    [InlineData("a sailboat", "sailboat")]
    public void What_refinement_adds_about_cameras_and_quality_is_no_word_that_cannot_be_shown(string prompt, string things)
    {
        var refined = RuleBasedPromptRefiner.Refine(new PromptToRefine(prompt));
        refined.Added.ShouldNotBeEmpty();

        var reading = SceneVocabulary.Read(refined.RefinedPrompt);
        reading.Unrecognised.ShouldBeEmpty(refined.RefinedPrompt);
        reading.Things.ShouldBeSubsetOf(things.Split(' '), refined.RefinedPrompt);

        // What spoils such pictures ("deformed face", "distorted buildings") takes nothing out of them.
        var avoided = SceneVocabulary.Read(refined.NegativePrompt);
        avoided.Things.ShouldBeEmpty(refined.NegativePrompt);
        avoided.Styles.ShouldBeEmpty(refined.NegativePrompt);
    }

    [Fact]
    public void No_term_of_lenses_composition_and_quality_is_read_as_a_thing()
    {
        var facets = PromptTerms.Enrichment.Facets;
        foreach (var term in facets["lens"].Concat(facets["quality"]).Concat(facets["composition"]).Except(["headshot"]))
        {
            var reading = SceneVocabulary.Read(term);
            reading.Unrecognised.ShouldBeEmpty(term);
            reading.Things.ShouldBeEmpty(term);
        }
    }

    [Fact]
    public void Composed_and_decomposed_marks_read_the_same()
    {
        const string Composed = "hoàng hôn trên biển, núi phủ tuyết, một con ngựa trắng";
        const string Decomposed = "hoa\u0300ng ho\u0302n tre\u0302n bie\u0302\u0309n, nu\u0301i phu\u0309 tuye\u0302\u0301t, mo\u0323\u0302t con ngu\u031B\u0323a tra\u0306\u0301ng";
        var (composed, decomposed) = (SceneVocabulary.Read(Composed), SceneVocabulary.Read(Decomposed));
        composed.Things.ShouldBe(["sunset", "sea", "mountain", "snow", "horse"], ignoreOrder: true);
        decomposed.Things.ShouldBe(composed.Things);
        decomposed.Tints.ShouldBe(composed.Tints);
    }

    [Fact]
    public void Every_language_has_words_for_every_thing()
    {
        foreach (var language in SceneVocabulary.LanguageCodes)
        {
            foreach (var thing in SceneVocabulary.Things) SceneVocabulary.WordsFor(thing, language).ShouldNotBeEmpty($"{thing} in {language}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("    ")]
    [InlineData("🌋🌋🌋 ###")]
    [InlineData("'''’’’")]
    public void Text_without_words_is_read_as_nothing(string prompt)
    {
        var reading = SceneVocabulary.Read(prompt);
        reading.Things.ShouldBeEmpty();
        reading.Unrecognised.ShouldBeEmpty();
    }
}
