using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class GaussianRowsTests
{
    [Theory]
    [InlineData(1, 1, 1f)]
    [InlineData(5, 2, 1f)]
    [InlineData(40, 30, 0.3f)]
    [InlineData(37, 71, 2.5f)]
    [InlineData(8, 9, 6f)]
    public void Row_by_row_gives_the_very_values_of_the_whole_plane(int width, int height, float sigma)
    {
        var plane = Noise(width, height);
        var whole = GaussianFilter.Blur(plane, sigma);

        using var rows = new GaussianRows(width, height, sigma, (y, row) => plane.Row(y).CopyTo(row));

        for (var y = 0; y < height; y++) Blurred(rows, y, width).ShouldBe(whole.Row(y).ToArray());
    }

    [Fact]
    public void A_band_in_the_middle_needs_nothing_from_above_it()
    {
        var plane = Noise(20, 50);
        var whole = GaussianFilter.Blur(plane, 1.5f);
        var first = int.MaxValue;

        using var rows = new GaussianRows(20, 50, 1.5f, (y, row) =>
        {
            first = Math.Min(first, y);
            plane.Row(y).CopyTo(row);
        });

        for (var y = 30; y < 40; y += 3) Blurred(rows, y, 20).ShouldBe(whole.Row(y).ToArray());
        first.ShouldBe(25);
    }

    private static float[] Blurred(GaussianRows rows, int y, int width)
    {
        var row = new float[width];
        rows.Blur(y, row);
        return row;
    }

    private static Plane Noise(int width, int height)
    {
        var random = new Random(width + (100 * height));
        return new Plane(width, height, [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle() * 255)]);
    }
}
