using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Submission;

public sealed class AnswerFormatTests
{
    [Theory]
    [InlineData(null, AnswerFormat.Picture)]
    [InlineData("", AnswerFormat.Picture)]
    [InlineData("*/*", AnswerFormat.Picture)]
    [InlineData("image/*", AnswerFormat.Picture)]
    [InlineData("image/png", AnswerFormat.Picture)]
    [InlineData("application/json", AnswerFormat.Json)]
    [InlineData("application/json, text/plain, */*", AnswerFormat.Json)]
    [InlineData("image/*, application/json", AnswerFormat.Picture)]
    [InlineData("application/json;q=0.5, image/*", AnswerFormat.Picture)]
    [InlineData("image/*;q=0.5, application/json", AnswerFormat.Json)]
    [InlineData("image/*;q=0, */*", AnswerFormat.Json)]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", AnswerFormat.Picture)]
    public void The_form_the_caller_likes_best_is_chosen(string? accept, AnswerFormat expected) =>
        AnswerFormats.Choose(accept, OperationCatalog.Get("resize")).ShouldBe(expected);

    [Theory]
    [InlineData("text/html")]
    [InlineData("video/*")]
    [InlineData("image/*;q=0")]
    public void What_cannot_be_delivered_is_not_chosen(string accept) =>
        AnswerFormats.Choose(accept, OperationCatalog.Get("resize")).ShouldBeNull();
}
