using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class FilterTests
{
    [Theory]
    [InlineData(37, 71, 3)]
    [InlineData(5, 4, 9)]
    [InlineData(1, 1, 2)]
    public void A_box_mean_equals_the_mean_over_the_window_inside_the_plane(int width, int height, int radius)
    {
        var plane = Noise(width, height, 7);
        var mean = BoxFilter.Mean(plane, radius);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                double sum = 0;
                var count = 0;
                for (var wy = Math.Max(0, y - radius); wy <= Math.Min(height - 1, y + radius); wy++)
                {
                    for (var wx = Math.Max(0, x - radius); wx <= Math.Min(width - 1, x + radius); wx++, count++) sum += plane[wx, wy];
                }

                mean[x, y].ShouldBe((float)(sum / count), 1e-4f);
            }
        }
    }

    [Fact]
    public void A_gaussian_blur_spreads_one_pixel_into_a_bell_that_keeps_its_sum()
    {
        var plane = new Plane(41, 41);
        plane[20, 20] = 1;
        var blurred = GaussianFilter.Blur(plane, 2);
        blurred.Data.Sum().ShouldBe(1, 1e-3f);
        (blurred[22, 20] / blurred[20, 20]).ShouldBe(MathF.Exp(-0.5f), 1e-3f);
        blurred[20, 25].ShouldBe(blurred[25, 20], 1e-6f);
    }

    [Fact]
    public void Shrinking_keeps_the_mean_and_averages_whole_blocks_exactly()
    {
        var plane = Noise(60, 45, 3);
        var half = AreaResize.Shrink(plane, 20, 15);
        half[4, 5].ShouldBe(Enumerable.Range(0, 9).Average(k => plane[12 + (k % 3), 15 + (k / 3)]), 1e-5f);
        AreaResize.Shrink(plane, 17, 11).Data.Average().ShouldBe(plane.Data.Average(), 2e-3f);
    }

    [Fact]
    public void A_guided_filter_returns_an_input_that_is_linear_in_its_guide()
    {
        var guide = new ColorPlanes(Noise(40, 30, 1), Noise(40, 30, 2), Noise(40, 30, 3));
        var input = new Plane(40, 30);
        for (var i = 0; i < input.Data.Length; i++)
            input.Data[i] = (0.5f * guide.C0.Data[i]) - (0.3f * guide.C1.Data[i]) + (0.2f * guide.C2.Data[i]) + 0.1f;
        var output = GuidedFilter.Fit(guide, input, 4, 1e-7f).Apply(guide);
        for (var i = 0; i < output.Data.Length; i++) output.Data[i].ShouldBe(input.Data[i], 2e-3f);
    }

    [Theory]
    [InlineData(1f, 1f, 1f, 100f, 0f, 0f)]
    [InlineData(1f, 0f, 0f, 53.24f, 80.09f, 67.20f)]
    [InlineData(0f, 0f, 1f, 32.30f, 79.19f, -107.86f)]
    [InlineData(0.5f, 0.5f, 0.5f, 53.39f, 0f, 0f)]
    public void Lab_values_agree_with_published_ones(float red, float green, float blue, float l, float a, float b)
    {
        var lab = CieLab.FromSrgb(red, green, blue);
        lab.L.ShouldBe(l, 0.1f);
        lab.A.ShouldBe(a, 0.15f);
        lab.B.ShouldBe(b, 0.15f);
    }

    [Fact]
    public void Freed_colours_are_the_subjects_own()
    {
        // Red fading into blue over the columns: halfway the observed colour is half blue, the freed one nearly red.
        var image = new ColorPlanes(64, 16);
        var alpha = new Plane(64, 16);
        for (var i = 0; i < alpha.Data.Length; i++)
        {
            var a = Math.Clamp(((i % 64) - 24) / 16f, 0f, 1f);
            (alpha.Data[i], image.C0.Data[i], image.C2.Data[i]) = (a, a, 1 - a);
        }

        var colors = ForegroundColors.Estimate(image, alpha, 16, 3);
        var middle = (8 * 64) + 32;
        ForegroundColors.Resolve(image.C0.Data[middle], colors.Foreground.C0.Data[middle], colors.Background.C0.Data[middle], 0.5f).ShouldBe(1, 0.17f);
        ForegroundColors.Resolve(image.C2.Data[middle], colors.Foreground.C2.Data[middle], colors.Background.C2.Data[middle], 0.5f).ShouldBe(0, 0.17f);
    }

    [Fact]
    public void An_edge_in_focus_is_sharper_than_the_same_edge_blurred()
    {
        var plane = new Plane(120, 40);
        for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = i % 120 % 20 < 10 ? 0.2f : 0.8f;
        var blurred = GaussianFilter.Blur(plane, 3);
        SharpnessMap.Compute(plane, 8).Ratio[60, 20].ShouldBeGreaterThan(1.5f * SharpnessMap.Compute(blurred, 8).Ratio[60, 20]);
    }

    [Fact]
    public void Planes_of_a_picture_hold_its_samples()
    {
        var picture = new Picture(2, 1, PixelFormat.Rgba, [255, 0, 51, 255, 0, 102, 255, 0]);
        var planes = ColorPlanes.From(picture);
        planes.C0.Data.ShouldBe([1f, 0f]);
        planes.C1.Data.ShouldBe([0f, 0.4f], 1e-6);
        planes.C2.Data.ShouldBe([0.2f, 1f], 1e-6);
    }

    internal static Plane Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var plane = new Plane(width, height);
        for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = random.NextSingle();
        return plane;
    }
}
