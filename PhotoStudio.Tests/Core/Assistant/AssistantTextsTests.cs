using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Assistant;

public sealed class AssistantTextsTests
{
    [Fact]
    public void Every_language_has_every_text_with_the_same_values_to_fill_in()
    {
        var english = AssistantTexts.For("en");
        foreach (var language in AssistantTexts.Languages)
        {
            var texts = AssistantTexts.For(language);
            texts.Language.ShouldBe(language);
            texts.Keys.Order().ShouldBe(english.Keys.Order());
            foreach (var key in texts.Keys)
            {
                texts.Get(key).Trim().ShouldNotBeEmpty();
                texts.Get(key).Contains("{0}", StringComparison.Ordinal).ShouldBe(english.Get(key).Contains("{0}", StringComparison.Ordinal), $"{language} {key}");
            }
        }
    }

    [Fact]
    public void Every_operation_has_a_name_in_every_language()
    {
        foreach (var language in AssistantTexts.Languages)
            foreach (var operation in OperationCatalog.All) AssistantTexts.For(language).Find($"name.{operation.Name}").ShouldNotBeNull($"{language} {operation.Name}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("fr")]
    public void Other_languages_are_answered_in_English(string? language) => AssistantTexts.For(language).Language.ShouldBe("en");
}
