using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class PolygonFillTests
{
    [Fact]
    public void A_box_as_a_polygon_holds_the_pixels_whose_centres_it_goes_around()
    {
        var mask = new PixelMask(8, 6);
        PolygonFill.AddTo(mask, [(1.2, 0.6), (5.4, 0.6), (5.4, 3.5), (1.2, 3.5)]);

        for (var y = 0; y < 6; y++)
            for (var x = 0; x < 8; x++) mask[x, y].ShouldBe(x is >= 1 and < 5 && y is >= 1 and < 3, $"({x}, {y})");
    }

    [Fact]
    public void A_line_that_crosses_itself_fills_all_it_goes_around()
    {
        // A five-pointed star drawn in one line: its middle is gone around twice.
        var star = Enumerable.Range(0, 5).Select(k => (50 + (40 * Math.Sin(k * 0.8 * Math.PI)), 50 - (40 * Math.Cos(k * 0.8 * Math.PI)))).ToList();
        var mask = new PixelMask(100, 100);
        PolygonFill.AddTo(mask, star);
        mask[50, 50].ShouldBeTrue();
        mask[50, 20].ShouldBeTrue();
        mask[50, 88].ShouldBeFalse();

        var backwards = new PixelMask(100, 100);
        star.Reverse();
        PolygonFill.AddTo(backwards, star);
        backwards.Data.ShouldBe(mask.Data);
    }

    [Fact]
    public void A_figure_of_eight_fills_both_its_loops()
    {
        var mask = new PixelMask(20, 20);
        PolygonFill.AddTo(mask, [(0, 0), (20, 20), (20, 0), (0, 20)]);
        mask[2, 10].ShouldBeTrue();
        mask[17, 10].ShouldBeTrue();
        mask[10, 2].ShouldBeFalse();
    }

    [Fact]
    public void What_reaches_beyond_the_picture_is_cut_off()
    {
        var mask = new PixelMask(10, 10);
        PolygonFill.AddTo(mask, [(-1000, -1000), (1000, -1000), (1000, 5), (-1000, 5)]);
        mask.Count.ShouldBe(50);
    }

    [Fact]
    public void A_polygon_without_area_holds_nothing()
    {
        var mask = new PixelMask(10, 10);
        PolygonFill.AddTo(mask, [(1, 1), (9, 9), (1, 1)]);
        mask.Count.ShouldBe(0);
    }
}
