using PhotoStudio.Core.Prompts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Prompts;

public sealed class RuleBasedPromptRefinerTests
{
    [Theory]
    [InlineData("un gato negro durmiendo en un sofá rojo", "a black cat sleeping on a red sofa", "es")]
    [InlineData("tres caballos blancos galopando en la nieve, estilo acuarela", "three white horses galloping in the snow, watercolor style", "es")]
    [InlineData("montañas nevadas reflejadas en un lago tranquilo", "snowy mountains reflected in a calm lake", "es")]
    [InlineData("quiero una foto de un perro pequeño y marrón en la playa", "a photo of a small and brown dog on the beach", "es")]
    [InlineData("casa de madera junto a un río, estilo Van Gogh", "wooden house next to a river, Van Gogh style", "es")]
    [InlineData("retrato de una mujer con ojos azules", "portrait of a woman with blue eyes", "es")]
    [InlineData("một cô gái áo dài trắng đi dạo trên phố cổ Hội An vào buổi sáng", "a girl in white ao dai strolling on Hoi An old quarter in the morning", "vi")]
    [InlineData("ba con mèo con dễ thương chơi trong vườn hoa", "three cute kittens playing in flower garden", "vi")]
    [InlineData("chan dung ong gia rau dai", "portrait of long-bearded old man", "vi")]
    [InlineData("vẽ cho mình một con rồng đỏ khổng lồ bay trên núi tuyết nhé", "a gigantic red dragon flying on snowy mountain", "vi")]
    [InlineData("tô phở bò nóng trên bàn gỗ", "hot bowl of beef pho on wooden table", "vi")]
    public void A_prompt_in_another_language_is_put_into_english(string prompt, string english, string language)
    {
        var refined = RuleBasedPromptRefiner.Refine(new(prompt));
        refined.Language.ShouldBe(language);
        refined.RefinedPrompt.ShouldStartWith(english + ", ");
        refined.OriginalPrompt.ShouldBe(prompt);
    }

    [Theory]
    [InlineData("beautiful cat, NOT blurry", "beautiful cat", "blurry")]
    [InlineData("a beach without people or boats, at noon", "a beach, at noon", "people|boats")]
    [InlineData("a quiet street, no cars and a red bicycle", "a quiet street, a red bicycle", "cars")]
    [InlineData("a red barn in a field, no cars please", "a red barn in a field", "cars")]
    [InlineData("un bosque sin gente ni coches", "a forest", "people|cars")]
    [InlineData("thành phố về đêm, không mờ", "city at night", "blurry")]
    [InlineData("ruộng bậc thang, đừng có chữ", "terraced rice fields", "text")]
    public void What_is_ruled_out_moves_into_the_negative_prompt(string prompt, string wanted, string ruledOut)
    {
        var refined = RuleBasedPromptRefiner.Refine(new(prompt));
        refined.RuledOut.ShouldBe(ruledOut.Split('|'));
        refined.NegativePrompt.ShouldStartWith(string.Join(", ", refined.RuledOut));
        refined.RefinedPrompt.ShouldStartWith(wanted);
        foreach (var term in refined.RuledOut) refined.RefinedPrompt.ShouldNotContain(term);
    }

    [Theory]
    [InlineData("không gian vũ trụ với 5 hành tinh", "5 planets")]
    [InlineData("a man who no longer smiles", "no longer")]
    [InlineData("un cielo sin fin", "sin fin")]
    public void Words_that_only_look_like_negations_stay(string prompt, string kept)
    {
        var refined = RuleBasedPromptRefiner.Refine(new(prompt));
        refined.RuledOut.ShouldBeEmpty();
        refined.RefinedPrompt.ShouldContain(kept);
    }

    [Theory]
    [InlineData("city at night on a bright sunny day", "time of day", "at night", "bright sunny day")]
    [InlineData("black and white photo of a street with vibrant colors", "color", "black and white", "vibrant colors")]
    public void Of_a_contradiction_what_comes_first_stays_and_the_rest_is_told(string prompt, string name, string kept, string dropped)
    {
        var refined = RuleBasedPromptRefiner.Refine(new(prompt));
        refined.Conflicts.ShouldBe([new PromptConflict(name, kept, dropped)]);
        refined.RefinedPrompt.ShouldContain(kept);
        refined.RefinedPrompt.ShouldNotContain(dropped);
        refined.NegativePrompt.ShouldContain(dropped);
    }

    [Theory]
    [InlineData("a tree, half summer half winter")]
    [InlineData("a street turning from day to night")]
    public void A_contrast_that_is_meant_is_no_contradiction(string prompt) =>
        RuleBasedPromptRefiner.Refine(new(prompt)).Conflicts.ShouldBeEmpty();

    [Theory]
    [InlineData("3 kittens with 2 balls of yarn, 16:9, shot at f/1.8")]
    [InlineData("Maria García and John Smith in front of the Eiffel Tower in 1925")]
    [InlineData("sign that says \"no parking\" above a door")]
    public void Names_numbers_and_quotations_stay_as_they_are(string prompt) =>
        RuleBasedPromptRefiner.Refine(new(prompt)).RefinedPrompt.ShouldStartWith(prompt);

    [Fact]
    public void What_suits_the_subject_is_added_and_nothing_that_is_there_already()
    {
        RuleBasedPromptRefiner.Refine(new("portrait of an old fisherman")).Added.ShouldContain("85mm lens");
        RuleBasedPromptRefiner.Refine(new("watercolor of a harbor")).Added.ShouldNotContain("24mm wide angle lens");
        RuleBasedPromptRefiner.Refine(new("a lake at night")).Added.ShouldContain("soft moonlight with deep shadows");
        RuleBasedPromptRefiner.Refine(new("a lake in golden light, wide shot, highly detailed photo")).Added.ShouldBeEmpty();
        RuleBasedPromptRefiner.Refine(new("a lake", "anime")).RefinedPrompt.ShouldContain("anime illustration");
    }

    [Fact]
    public void A_chosen_style_that_the_words_contradict_gives_way_and_is_told()
    {
        var refined = RuleBasedPromptRefiner.Refine(new("watercolor of a harbor", "photorealistic"));
        refined.Conflicts.ShouldBe([new PromptConflict("style", "watercolor painting", "photorealistic")]);
        refined.RefinedPrompt.ShouldNotContain("photograph");
    }

    [Fact]
    public void The_negative_prompt_names_nothing_that_is_wanted()
    {
        var refined = RuleBasedPromptRefiner.Refine(new("poster with bold text and a watermark, photo with noise"));
        foreach (var term in refined.NegativePrompt.Split(", ")) term.ShouldNotBeOneOf("text", "watermark", "noise", "photo");
    }

    [Fact]
    public void Confidence_falls_with_words_that_are_not_known()
    {
        var known = RuleBasedPromptRefiner.Refine(new("một con mèo trắng ngồi trên mái nhà")).Confidence;
        var unknown = RuleBasedPromptRefiner.Refine(new("một con blorp trắng zixqua trên florn")).Confidence;
        known.ShouldBeGreaterThan(0.7);
        unknown.ShouldBeLessThan(known - 0.2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \t\n ")]
    [InlineData("\u202Eevil\u200B text\u0000")]
    [InlineData("!!!,,,;;")]
    [InlineData("🦄🌈🦄")]
    [InlineData("no no no not without")]
    [InlineData("\uD800 lone surrogate")]
    [InlineData("((((a cat:1.3))))")]
    public void Odd_texts_are_refined_without_failing(string prompt)
    {
        var refined = RuleBasedPromptRefiner.Refine(new(prompt));
        refined.RefinedPrompt.ShouldNotContain('\u202E');
        refined.RefinedPrompt.ShouldNotContain('\0');
        refined.Confidence.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_long_prompt_stays_within_what_an_image_model_is_sent()
    {
        var prompt = string.Join(", ", Enumerable.Repeat("a red fox in the snow", 90))[..PromptToRefine.MaxLength];
        RuleBasedPromptRefiner.Refine(new(prompt)).RefinedPrompt.Length.ShouldBeLessThanOrEqualTo(PromptToRefine.MaxLength);
    }

    [Fact]
    public void The_lexicons_have_at_least_1500_terms_each()
    {
        var root = typeof(RuleBasedPromptRefiner).Assembly;
        foreach (var language in (string[])["es", "vi"])
        {
            using var stream = root.GetManifestResourceStream($"PhotoStudio.Core.Prompts.Lexicon.words.{language}.txt")!;
            using var reader = new StreamReader(stream);
            var terms = reader.ReadToEnd().Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#').ToList();
            terms.Distinct().Count().ShouldBeGreaterThan(1_500);
        }
    }
}
