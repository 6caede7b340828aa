using PhotoStudio.Imaging.Codecs;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging.Codecs;

public sealed class ScaledSizeTests
{
    [Theory]
    [InlineData(4000, 3000, 1024, null, FitMode.Fit, 1024, 768)]
    [InlineData(4000, 3000, null, 768, FitMode.Fit, 1024, 768)]
    [InlineData(4000, 3000, 500, 500, FitMode.Fit, 500, 375)]
    [InlineData(3000, 4000, 500, 500, FitMode.Fit, 375, 500)]
    [InlineData(100, 100, 400, 300, FitMode.Fit, 300, 300)]
    [InlineData(4000, 3000, 500, 500, FitMode.Fill, 500, 500)]
    [InlineData(4000, 3000, 512, null, FitMode.Fill, 512, 384)]
    [InlineData(4000, 3000, 17, 900, FitMode.Exact, 17, 900)]
    [InlineData(10_000, 1, 100, 100, FitMode.Fit, 100, 1)]
    [InlineData(3, 2, 1, null, FitMode.Fit, 1, 1)]
    public void The_result_has_the_size_of_its_mode(
        int width, int height, int? boxWidth, int? boxHeight, FitMode mode, int toWidth, int toHeight)
        => new ScaledSize(boxWidth, boxHeight, mode).For(width, height).ShouldBe((toWidth, toHeight));

    [Fact]
    public void Without_leave_to_enlarge_a_smaller_picture_keeps_its_size()
        => new ScaledSize(400, 400, AllowEnlarge: false).For(100, 80).ShouldBe((100, 80));

    [Fact]
    public void A_size_needs_a_side() => Should.Throw<InvalidOperationException>(() => new ScaledSize(null, null).For(10, 10));

    [Theory]
    [InlineData(4000, 3000, 1024, 2)]
    [InlineData(4032, 3024, 1024, 2)]
    [InlineData(4000, 3000, 2200, 1)]
    [InlineData(4000, 3000, 500, 4)]
    [InlineData(4000, 3000, 200, 8)]
    [InlineData(4000, 3000, 20, 8)]
    [InlineData(4001, 3000, 1024, 1)]
    [InlineData(8001, 6001, 300, 2)]
    public void A_jpeg_shrinks_on_load_only_as_far_as_quality_allows(int width, int height, int toWidth, int factor)
        => ScalePlan.For(new ScaledSize(toWidth, null), width, height).ShrinkOnLoad.ShouldBe(factor);

    [Fact]
    public void Filling_scales_to_cover_and_crops()
        => ScalePlan.For(new ScaledSize(100, 100, FitMode.Fill), 300, 200).ShouldBe(new ScalePlan(300, 200, 150, 100, 100, 100));
}
