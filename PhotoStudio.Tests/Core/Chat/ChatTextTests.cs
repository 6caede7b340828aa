using PhotoStudio.Core.Chat;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Chat;

public sealed class ChatTextTests
{
    [Theory]
    [InlineData("  plain text \n", "plain text")]
    [InlineData("one\r\ntwo\rthree\u2028four\u2029five", "one\ntwo\nthree\nfour\nfive")]
    [InlineData("a\u0000b\u0007c\u001Bd\u007Fe\u009Ff", "abcdef")]
    [InlineData("\u202Eright to left\u202C, \u2066isolated\u2069 \u200E\u200F\u061Cmarks", "right to left, isolated marks")]
    [InlineData("ze\u200Bro\u2060 wi\uFEFFdth\u00AD \u180Egaps", "zero width gaps")]
    [InlineData("no\u00A0break\u3000wide\u2003em", "no break wide em")]
    [InlineData("hid\U000E0068\U000E0069den", "hidden")]
    [InlineData("\u3164\u2800\uFFA0", "")]
    [InlineData("xóa nền ảnh này", "xóa nền ảnh này")]
    [InlineData("co\u0301mo esta\u0301s", "co\u0301mo esta\u0301s")]
    [InlineData("👩\u200D🚀 ❤\uFE0F 1\uFE0F\u20E3 👍🏽", "👩\u200D🚀 ❤\uFE0F 1\uFE0F\u20E3 👍🏽")]
    [InlineData("b\u200Da\u200Cd \u200D🚀", "bad 🚀")]
    [InlineData("نمی\u200Cخواهم", "نمی\u200Cخواهم")]
    public void What_cannot_be_seen_goes_and_all_else_stays(string text, string clean) => ChatText.Clean(text).ShouldBe(clean);

    [Fact]
    public void Halves_of_surrogate_pairs_go() => ChatText.Clean("a" + (char)0xD800 + "b" + (char)0xDC00 + "c😀").ShouldBe("abc😀");

    [Theory]
    [InlineData("xóa phông\nảnh này giúp mình", "xóa phông ảnh này giúp mình")]
    [InlineData(" \u202E a \t b ", "a b")]
    [InlineData("make the background of this picture look like a beach at sunset with palm trees", "make the background of this picture look like a beach at…")]
    public void A_title_is_one_line_of_the_beginning_cut_between_words(string content, string title) => ChatTitles.From(content).ShouldBe(title);

    [Fact]
    public void A_title_without_blanks_is_cut_between_characters() => ChatTitles.From(string.Concat(Enumerable.Repeat("😀", 80))).Length.ShouldBeLessThanOrEqualTo(60);
}
