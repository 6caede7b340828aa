using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Moderation;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Moderation;

public sealed class LexiconModerationTests
{
    private static readonly LexiconModeration Moderation = new();

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("vi")]
    [InlineData("unseen")]
    public void Harmless_prompts_pass(string list)
    {
        var harmless = LabelledPrompts.Moderation(list).Where(prompt => !prompt.Refused).ToList();

        harmless.Count.ShouldBeGreaterThan(25);
        harmless.Where(prompt => IsRefused(prompt.Prompt)).Select(prompt => prompt.Prompt).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en", 0.9)]
    [InlineData("es", 0.9)]
    [InlineData("vi", 0.9)]
    [InlineData("unseen", 0.9)]
    public void Nearly_everything_that_is_to_be_refused_is(string list, double recall)
    {
        var bad = LabelledPrompts.Moderation(list).Where(prompt => prompt.Refused).ToList();

        (bad.Count(prompt => IsRefused(prompt.Prompt)) / (double)bad.Count).ShouldBeGreaterThanOrEqualTo(recall);
    }

    [Theory]
    [InlineData("PoRn", "capitals")]
    [InlineData("p0rn", "a digit")]
    [InlineData("p o r n", "blanks")]
    [InlineData("p.o.r.n", "dots")]
    [InlineData("p-o_r-n", "dashes")]
    [InlineData("p/o/r/n", "slashes")]
    [InlineData("porrrrrn", "a letter many times")]
    [InlineData("pоrn", "a Cyrillic o")]
    [InlineData("po\u200Brn", "a zero-width space")]
    [InlineData("po\u00ADrn", "a soft hyphen")]
    [InlineData("pörn", "an ornament")]
    [InlineData("po\u0336rn", "a combining stroke")]
    [InlineData("ｐｏｒｎ", "full-width letters")]
    [InlineData("𝓹𝓸𝓻𝓷", "mathematical letters")]
    [InlineData("ⓟⓞⓡⓝ", "circled letters")]
    [InlineData("p*rn", "an asterisk")]
    [InlineData("porn69", "digits behind")]
    [InlineData("!!!porn!!!", "marks around")]
    public void Obfuscations_are_undone(string word, string how) => Moderation.Judge($"a {word} scene").Categories[ModerationCategories.Sexual].ShouldBeGreaterThan(0.8, how);

    [Theory]
    [InlineData("bé gái khỏa thân", "be gai khoa than", "minors")]
    [InlineData("niña desnuda", "nina desnuda", "minors")]
    [InlineData("decapitación", "decapitacion", "violence")]
    [InlineData("cắt cổ tay", "cat co tay", "self-harm")]
    [InlineData("chế tạo bom", "che tao bom", "illicit")]
    public void Marks_may_be_left_out_where_nothing_else_can_be_meant(string withMarks, string without, string category)
    {
        Moderation.Judge(withMarks).Categories[category].ShouldBeGreaterThan(0.8);
        Moderation.Judge(without).Categories[category].ShouldBeGreaterThan(0.8);
    }

    [Theory]
    [InlineData("lồn", "lon nước", "con lợn lớn")]
    [InlineData("tự tử", "từ từ", "tu tu")]
    [InlineData("buồi", "buổi sáng", "buoi sang")]
    [InlineData("coño", "cono de helado", "un cono")]
    public void Where_marks_make_the_word_they_decide(string meant, string other, string plain)
    {
        IsRefused(meant).ShouldBeTrue();
        IsRefused(other).ShouldBeFalse();
        IsRefused(plain).ShouldBeFalse();
    }

    [Fact]
    public void Composed_and_combining_marks_are_the_same()
    {
        // "lồn" with the marks after the letter, in both orders.
        IsRefused("lo\u0302\u0300n").ShouldBeTrue();
        IsRefused("lo\u0300\u0302n").ShouldBeTrue();
    }

    [Fact]
    public void A_word_for_a_child_makes_what_is_suggestive_unacceptable()
    {
        Moderation.Judge("a woman in sexy lingerie").Score.ShouldBeLessThan(0.8);
        Moderation.Judge("a child in sexy lingerie").Categories[ModerationCategories.Minors].ShouldBeGreaterThan(0.9);
        Moderation.Judge("a 14 year old in sexy lingerie").Categories[ModerationCategories.Minors].ShouldBeGreaterThan(0.9);
        Moderation.Judge("a 34 year old in sexy lingerie").Categories[ModerationCategories.Minors].ShouldBe(0);
        Moderation.Judge("a child on a swing").Score.ShouldBe(0);
    }

    [Fact]
    public void Terms_of_one_category_add_up()
    {
        var one = Moderation.Judge("a murder").Categories[ModerationCategories.Violence];
        var two = Moderation.Judge("a murder, a bloody knife").Categories[ModerationCategories.Violence];

        one.ShouldBe(0.5);
        two.ShouldBe(0.75);
        Moderation.Judge("murder murder murder").Categories[ModerationCategories.Violence].ShouldBe(one);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("…—!?,.;:")]
    [InlineData("12345 67 8")]
    [InlineData("日本の富士山、桜")]
    [InlineData("\uD800 lone surrogate")]
    [InlineData("🙂🙃👨‍👩‍👧‍👦")]
    public void Any_text_is_judged(string prompt) => Moderation.Judge(prompt).Score.ShouldBe(0);

    [Fact]
    public void Long_prompts_of_single_letters_are_judged()
    {
        IsRefused(string.Join(' ', Enumerable.Repeat("a b", 500)) + " p o r n").ShouldBeTrue();
        IsRefused(new string('*', 2000)).ShouldBeFalse();
        IsRefused(new string('o', 2000)).ShouldBeFalse();
    }

    private static bool IsRefused(string prompt) => Moderation.Judge(prompt).Score >= PromptJudgement.BlockThreshold;
}
