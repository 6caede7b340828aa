using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Accounts;

public sealed class UserNameTests
{
    [Theory]
    [InlineData("ana", "ana")]
    [InlineData(" Ana López ", "Ana López")]
    [InlineData("Nguye\u0302\u0303n Thi\u0323 Hoa", "Nguyễn Thị Hoa")]
    [InlineData("\uFF21\uFF4E\uFF41", "Ana")]
    [InlineData("Анна-1990", "Анна-1990")]
    [InlineData("山田太郎", "山田太郎")]
    [InlineData("o.b_c-d 9", "o.b_c-d 9")]
    public void A_name_is_read_into_one_form(string text, string expected)
    {
        UserName.TryParse(text, out var name).ShouldBeTrue();
        name.Text.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("123")]
    [InlineData("a  b")]
    [InlineData("-ana")]
    [InlineData("ana.")]
    [InlineData("a._b")]
    [InlineData("ana\n")]
    [InlineData("an\0a")]
    [InlineData("ana<script>")]
    [InlineData("ana/../ben")]
    [InlineData("ana💍")]
    [InlineData("a\u200Bna")]
    [InlineData("a\u00ADna")]
    [InlineData("\u202Eana")]
    [InlineData("ana\u2066")]
    [InlineData("an\u0430")]
    [InlineData("αna")]
    [InlineData("a\u0334\u0335\u0336na")]
    [InlineData("ana\uDC00")]
    [InlineData("аbc\u0301\u0301\u0301")]
    public void What_hides_something_mixes_scripts_or_is_no_name_is_refused(string? text) => UserName.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        UserName.TryParse(new string('a', 40), out _).ShouldBeTrue();
        UserName.TryParse(new string('a', 41), out _).ShouldBeFalse();
        UserName.TryParse(new string('a', 100_000), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("paula", "PAULA")]
    [InlineData("paula", "pau1a")]
    [InlineData("paula", "pauIa")]
    [InlineData("john.doe", "j0hn.doe")]
    [InlineData("marnie", "mamie")]
    [InlineData("cope", "соре")]
    [InlineData("Ana", "\uFF21na")]
    public void Names_that_look_alike_share_a_skeleton(string name, string other)
    {
        UserName.TryParse(name, out var first).ShouldBeTrue();
        UserName.TryParse(other, out var second).ShouldBeTrue();
        second.Skeleton.ShouldBe(first.Skeleton);
    }

    [Theory]
    [InlineData("paula", "paulo")]
    [InlineData("hoang", "hoàng")]
    [InlineData("ana", "an-a")]
    public void Names_that_can_be_told_apart_do_not(string name, string other)
    {
        UserName.TryParse(name, out var first).ShouldBeTrue();
        UserName.TryParse(other, out var second).ShouldBeTrue();
        second.Skeleton.ShouldNotBe(first.Skeleton);
    }

    [Theory]
    [InlineData("admin", true)]
    [InlineData("Adm1n", true)]
    [InlineData("аdmin", false)]
    [InlineData("PhotoStudio", true)]
    [InlineData("adminton", false)]
    public void Names_of_the_studio_itself_are_reserved(string text, bool reserved)
    {
        if (UserName.TryParse(text, out var name)) name.IsReserved.ShouldBe(reserved);
        else text.ShouldNotBe("admin");
    }
}
