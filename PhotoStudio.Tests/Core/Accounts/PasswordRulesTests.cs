using PhotoStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("mật khẩu của tôi")]
    [InlineData("🐈🐕🐎🐓🐖🐑🐐🐇")]
    [InlineData("a\tb\nc d e f")]
    public void A_long_enough_password_of_any_characters_is_fine(string password) => PasswordRules.Fault(password, "ana@example.com").ShouldBeNull();

    [Theory]
    [InlineData("", "at least 8")]
    [InlineData("seven77", "at least 8")]
    [InlineData("🐈🐕🐎🐓", "at least 8")]
    [InlineData("PassWord", "tries first")]
    [InlineData("aaaaaaaaaaaa", "tries first")]
    [InlineData("ＰＡＳＳＷＯＲＤ", "tries first")]
    [InlineData("ana.lopez", "must not be your")]
    [InlineData("Ana.Lopez@example.com", "must not be your")]
    [InlineData("Ana Lopez", "must not be your")]
    [InlineData("abc\0defghij", "cannot be stored")]
    public void A_poor_one_is_refused_with_the_reason(string password, string reason) =>
        PasswordRules.Fault(password, "ana.lopez@example.com", "Ana Lopez").ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() => PasswordRules.Fault($"abc{'\uD83D'}defghij").ShouldNotBeNull();

    [Fact]
    public void An_endless_one_is_refused() => PasswordRules.Fault(string.Concat(Enumerable.Repeat("abcdefgh", 33))).ShouldNotBeNull();
}
