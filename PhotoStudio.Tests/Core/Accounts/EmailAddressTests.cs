using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Accounts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ana@example.com", "ana@example.com")]
    [InlineData("  Ana.Lopez+fotos@Example.COM ", "Ana.Lopez+fotos@example.com")]
    [InlineData("ana@mañana.es", "ana@xn--maana-pta.es")]
    [InlineData("ana@man\u0303ana.es", "ana@xn--maana-pta.es")]
    [InlineData("\uFF41na@example.com", "ana@example.com")]
    [InlineData("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    public void An_address_is_read_into_one_form(string text, string expected)
    {
        EmailAddress.TryParse(text, out var address).ShouldBeTrue();
        address.Text.ShouldBe(expected);
        address.Key.ShouldBe(expected.ToLowerInvariant());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ana")]
    [InlineData("@example.com")]
    [InlineData("ana@")]
    [InlineData("ana@example")]
    [InlineData("ana@@example.com")]
    [InlineData("ana@b@example.com")]
    [InlineData(".ana@example.com")]
    [InlineData("ana.@example.com")]
    [InlineData("a..na@example.com")]
    [InlineData("ana@-example.com")]
    [InlineData("ana@exa mple.com")]
    [InlineData("ana@example.com\r\nBcc: everybody@example.com")]
    [InlineData("ana\n@example.com")]
    [InlineData("ana\t@example.com")]
    [InlineData("\"ana\"@example.com")]
    [InlineData("ana@[127.0.0.1]")]
    [InlineData("ana@127.0.0.1")]
    [InlineData("Ana <ana@example.com>")]
    [InlineData("ana@example.com,ben@example.com")]
    [InlineData("a\u200Bna@example.com")]
    [InlineData("a\u202Ena@example.com")]
    [InlineData("ana@exam\u200Dple.com")]
    [InlineData("\u0430na@example.com")]
    [InlineData("ana@example.com\0")]
    [InlineData("ana\uD83D@example.com")]
    public void What_is_no_address_or_hides_something_is_refused(string? text) => EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Parts_that_are_too_long_are_refused()
    {
        EmailAddress.TryParse($"{new string('a', 64)}@example.com", out _).ShouldBeTrue();
        EmailAddress.TryParse($"{new string('a', 65)}@example.com", out _).ShouldBeFalse();
        EmailAddress.TryParse($"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 4))}.com", out _).ShouldBeTrue();
        EmailAddress.TryParse($"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com", out _).ShouldBeFalse();
        EmailAddress.TryParse($"a@{new string('b', 64)}.com", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_domain_that_only_looks_like_another_is_another()
    {
        EmailAddress.TryParse("ana@examp\u04CFe.com", out var lookalike).ShouldBeTrue();
        lookalike.Key.ShouldNotBe("ana@example.com");
        lookalike.Text.ShouldStartWith("ana@xn--");
    }
}
