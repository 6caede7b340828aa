using PhotoStudio.Core.Styles;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Styles;

public sealed class PromptTemplateTests
{
    [Theory]
    [InlineData("a {style_name} of {original_prompt}", "a Watercolor of two boats")]
    [InlineData("{original_prompt}", "two boats")]
    [InlineData("{style_name}: {original_prompt}, {style_name}", "Watercolor: two boats, Watercolor")]
    public void Name_and_prompt_stand_where_the_template_wants_them(string template, string filled)
    {
        PromptTemplate.Fault(template).ShouldBeNull();
        PromptTemplate.Fill(template, "Watercolor", " two boats ").ShouldBe(filled);
    }

    [Fact]
    public void What_is_put_in_is_not_read_again() =>
        PromptTemplate.Fill("a {style_name} of {original_prompt}", "{original_prompt}", "a sign that says {style_name}")
            .ShouldBe("a {original_prompt} of a sign that says {style_name}");

    [Theory]
    [InlineData("no placeholder", "exactly once")]
    [InlineData("{original_prompt} and {original_prompt}", "exactly once")]
    [InlineData("{original_prompt} by {artist}", "{artist}")]
    [InlineData("{original_prompt} {}", "{}")]
    public void A_template_that_cannot_be_filled_says_why(string template, string reason) => PromptTemplate.Fault(template).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void A_long_template_is_refused() =>
        PromptTemplate.Fault("{original_prompt}" + new string('x', PromptTemplate.MaxLength)).ShouldNotBeNull().ShouldContain("500");
}
