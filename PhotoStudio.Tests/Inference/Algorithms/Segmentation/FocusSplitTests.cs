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
        var regions = SlicSuperpixels.Compute(new ColorPlanes(Size, Size), 100, 12, 6);
        var split = FocusSplit.Find(Detail((x, y) => x is >= 40 and < 80 && y is >= 40 and < 80), regions);
        split.Clarity.ShouldBe(1);
        split.LogOdds[regions.Labels[(60 * Size) + 60]].ShouldBeGreaterThan(2);
        split.LogOdds[regions.Labels[0]].ShouldBeLessThan(-2);
    }

    [Fact]
    public void A_picture_that_is_equally_sharp_everywhere_or_sharp_on_its_frame_is_not_split()
    {
        var regions = SlicSuperpixels.Compute(new ColorPlanes(Size, Size), 100, 12, 6);
        FocusSplit.Find(Detail((_, _) => true), regions).Clarity.ShouldBe(0);
        FocusSplit.Find(Detail((_, y) => y < 40), regions).Clarity.ShouldBe(0);
    }

    private static Plane Detail(Func<int, int, bool> sharp)
    {
        var detail = new Plane(Size, Size);
        for (var i = 0; i < detail.Data.Length; i++) detail.Data[i] = sharp(i % Size, i / Size) ? 0.05f : 0.002f;
        return detail;
    }
}
