using PhotoStudio.Core.Images;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Images;

public sealed class ImageTagTests
{
    [Theory]
    [InlineData("Hoàng hôn!", "hoang-hon")]
    [InlineData("  a   B  ", "a-b")]
    [InlineData("Đà Lạt 2024", "da-lat-2024")]
    [InlineData("C++", "c")]
    [InlineData("日本", "日本")]
    [InlineData("--x--y--", "x-y")]
    public void A_name_has_a_slug(string name, string slug) => ImageTag.Named(name).ShouldNotBeNull().Slug.ShouldBe(slug);

    [Theory]
    [InlineData("")]
    [InlineData(" !? ")]
    [InlineData("\u0301")]
    public void A_name_without_letters_is_no_tag(string name) => ImageTag.Named(name).ShouldBeNull();

    [Fact]
    public void A_tag_that_the_owner_gave_hides_a_detected_one() =>
        ImageTag.Merge([new ImageTag("Dog", "dog")], [new ImageTag("cat", "cat", 0.5), new ImageTag("dog", "dog", 0.9), new ImageTag("cup", "cup", 0.8)])
            .ShouldBe([new ImageTag("Dog", "dog"), new ImageTag("cup", "cup", 0.8), new ImageTag("cat", "cat", 0.5)]);
}
