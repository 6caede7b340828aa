using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class ColorTests
{
    // Pairs of the supplementary test data of Sharma, Wu and Dalal 2005.
    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615)]
    [InlineData(50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000)]
    [InlineData(50, 2.5, 0, 50, 0, -2.5, 4.3065)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644)]
    [InlineData(2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082)]
    public void Ciede2000_agrees_with_the_published_pairs(double l1, double a1, double b1, double l2, double a2, double b2, double difference)
    {
        CieDe2000.Between((l1, a1, b1), (l2, a2, b2)).ShouldBe(difference, 1e-4);
        CieDe2000.Between((l2, a2, b2), (l1, a1, b1)).ShouldBe(difference, 1e-4);
    }

    [Fact]
    public void The_srgb_tables_agree_with_the_curve()
    {
        for (var i = 0; i <= 10_000; i++)
        {
            var value = i / 10_000.0;
            ((double)SrgbTables.ToLinear((float)value)).ShouldBe(SrgbCurve.ToLinear(value), 1e-4);
            ((double)SrgbTables.FromLinear((float)value)).ShouldBe(SrgbCurve.FromLinear(value), 4e-4);
        }

        (SrgbTables.ToLinear(-1), SrgbTables.ToLinear(2), SrgbTables.FromLinear(-1), SrgbTables.FromLinear(2)).ShouldBe((0, 1, 0, 1));
    }

    [Fact]
    public void White_patch_and_gray_edge_find_the_light_of_a_gray_scene()
    {
        // Gray patches under light with red 1.4 and blue 0.7 of the green.
        var scene = new ColorPlanes(96, 96);
        for (var i = 0; i < 96 * 96; i++)
        {
            var reflectance = 0.05f + (0.6f * ((((i % 96 / 8) * 7) + ((i / 96 / 8) * 5)) % 11) / 11f);
            scene.C0.Data[i] = SrgbTables.FromLinear(1.4f * reflectance);
            scene.C1.Data[i] = SrgbTables.FromLinear(reflectance);
            scene.C2.Data[i] = SrgbTables.FromLinear(0.7f * reflectance);
        }

        foreach (var light in (LightColor?[])[ColorConstancy.WhitePatch(scene), ColorConstancy.GrayEdge(scene)])
        {
            light.ShouldNotBeNull().Red.ShouldBe(Math.Log(1.4), 0.02);
            light.Value.Blue.ShouldBe(Math.Log(0.7), 0.02);
        }

        ColorConstancy.GrayEdge(new ColorPlanes(4, 4)).ShouldBeNull();
        ColorConstancy.WhitePatch(scene, new bool[96 * 96]).ShouldBeNull();
    }

    [Fact]
    public void A_self_guided_filter_smooths_texture_and_keeps_an_edge()
    {
        var plane = new Plane(80, 40);
        for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = (i % 80 < 40 ? 0.2f : 0.8f) + (0.02f * ((i % 2) - 0.5f));

        var smooth = SelfGuidedFilter.Fit(plane, 5, 0.003f).Apply(plane);

        Math.Abs(smooth[10, 20] - smooth[11, 20]).ShouldBeLessThan(0.004f);
        (smooth[41, 20] - smooth[38, 20]).ShouldBeGreaterThan(0.5f);
    }

    [Fact]
    public void A_self_guided_filter_is_the_guided_filter_of_the_plane_by_itself()
    {
        var plane = new Plane(30, 20, [.. TestPictures.Static(30, 20, 1, PixelFormat.Gray).Samples.Select(sample => sample / 255f)]);

        var smooth = SelfGuidedFilter.Fit(plane, 2, 0.01f).Apply(plane);

        // The published definition at one pixel: the mean of slope and offset over the windows that hold it.
        double slope = 0, offset = 0;
        for (var cy = 8; cy <= 12; cy++)
        {
            for (var cx = 13; cx <= 17; cx++)
            {
                var window = (from y in Enumerable.Range(cy - 2, 5) from x in Enumerable.Range(cx - 2, 5) select (double)plane[x, y]).ToArray();
                double mean = window.Average(), variance = window.Average(value => (value - mean) * (value - mean)), a = variance / (variance + 0.01);
                slope += a / 25;
                offset += mean * (1 - a) / 25;
            }
        }

        ((double)smooth[15, 10]).ShouldBe((slope * plane[15, 10]) + offset, 1e-4);
    }
}
