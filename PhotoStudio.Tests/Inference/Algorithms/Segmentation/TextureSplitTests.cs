using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Segmentation;

public sealed class TextureSplitTests
{
    private const int Size = 120;

    [Fact]
    public void A_calm_subject_within_a_busy_frame_is_split_off()
    {
        var split = Split((x, y) => x is >= 35 and < 85 && y is >= 35 and < 85 ? 0.002f : 0.03f);
        split.IsClear.ShouldBeTrue();
        split.LogOdds[60, 60].ShouldBeGreaterThan(1);
        split.LogOdds[5, 5].ShouldBeLessThan(0);
    }

    [Fact]
    public void A_frame_that_is_calm_or_as_busy_as_everything_is_not_split()
    {
        Split((_, _) => 0.03f).IsClear.ShouldBeFalse();
        Split((_, _) => 0).IsClear.ShouldBeFalse();
        Split((_, y) => y < 30 ? 0 : 0.03f).IsClear.ShouldBeFalse();
    }

    private static TextureSplit Split(Func<int, int, float> strength)
    {
        var plane = new Plane(Size, Size);
        for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = strength(i % Size, i / Size);
        return TextureSplit.Find(new SharpEdges(plane, plane.Map(_ => 1)), default);
    }
}
