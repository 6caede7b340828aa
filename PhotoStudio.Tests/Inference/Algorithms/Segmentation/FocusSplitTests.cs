using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Segmentation;

public sealed class FocusSplitTests
{
    private const int Size = 120;

    [Fact]
    public void A_sharp_subject_before_a_blurred_background_is_split_off_clearly()
    {
        var split = Split((x, y) => x is >= 40 and < 80 && y is >= 40 and < 80 ? 0.05f : 0);
        split.IsClear.ShouldBeTrue();
        split.LogOdds[60, 60].ShouldBeGreaterThan(2);
        split.LogOdds[5, 5].ShouldBeLessThan(-2);
    }

    [Fact]
    public void The_smooth_inside_of_a_sharp_outline_is_less_surely_background_than_what_lies_outside()
    {
        var split = Split((x, y) => Math.Max(Math.Abs(x - 60), Math.Abs(y - 60)) is >= 20 and < 23 ? 0.05f : 0);
        split.IsClear.ShouldBeTrue();
        split.LogOdds[60, 38].ShouldBeGreaterThan(1);
        split.LogOdds[60, 60].ShouldBe(0, 0.5);
        split.LogOdds[5, 5].ShouldBeLessThan(-2);
    }

    [Fact]
    public void A_picture_that_is_equally_sharp_everywhere_or_sharp_on_its_frame_is_not_split()
    {
        Split((_, _) => 0.05f).IsClear.ShouldBeFalse();
        Split((_, _) => 0).IsClear.ShouldBeFalse();
        Split((_, y) => y < 40 ? 0.05f : 0).IsClear.ShouldBeFalse();
    }

    private static FocusSplit Split(Func<int, int, float> strength)
    {
        var plane = new Plane(Size, Size);
        for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = strength(i % Size, i / Size);
        return FocusSplit.Find(new SharpEdges(plane, plane.Map(s => s > 0 ? 1 : 0)), 1, default);
    }
}
