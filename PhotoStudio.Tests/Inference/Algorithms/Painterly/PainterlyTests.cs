using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Painterly;

public sealed class PainterlyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(75)]
    [InlineData(120)]
    public void The_flow_runs_along_a_grating(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var wave = Paint(80, 60, (x, y) => (float)(0.5 + (0.4 * Math.Sin(0.6 * ((x * -sin) + (y * cos))))));

        var flow = FlowField.Find(wave, 3);

        var at = (30 * 80) + 40;
        Math.Abs((flow.TangentX.Data[at] * cos) + (flow.TangentY.Data[at] * sin)).ShouldBe(1, 0.003);
        flow.Anisotropy.Data[at].ShouldBeGreaterThan(0.9f);
    }

    [Fact]
    public void Kuwahara_takes_noise_from_both_sides_of_an_edge_and_keeps_the_edge()
    {
        var noisy = Paint(64, 48, (x, y) => (x < 32 ? 0.2f : 0.8f) + (0.05f * Grain.Normal(x, y, 3)));

        var result = AnisotropicKuwahara.Filter(noisy, FlowField.Find(noisy, 2), 5);

        for (var y = 10; y < 38; y++)
        {
            result.C0[31, y].ShouldBe(0.2f, 0.09f);
            result.C0[32, y].ShouldBe(0.8f, 0.09f);
            result.C0[16, y].ShouldBe(0.2f, 0.05f);
        }
    }

    [Fact]
    public void Kuwahara_leaves_one_colour_as_it_is()
    {
        var flat = Paint(20, 15, (_, _) => 0.37f);
        var result = AnisotropicKuwahara.Filter(flat, FlowField.Find(flat, 2), 6);
        result.C2.Data.ShouldAllBe(value => Math.Abs(value - 0.37f) < 1e-5f);
    }

    [Fact]
    public void Smoothing_along_the_flow_mixes_along_stripes_and_not_across()
    {
        var stripes = Paint(60, 60, (x, _) => x / 6 % 2 == 0 ? 0.2f : 0.8f);
        var dotted = stripes.C0.Clone();
        dotted[33, 30] += 0.5f;

        var result = FlowSmoothing.Blur(dotted, FlowField.Find(stripes, 2), 4);

        (result[33, 34] - stripes.C0[33, 34]).ShouldBeGreaterThan(0.01f);
        Math.Abs(result[39, 30] - stripes.C0[39, 30]).ShouldBeLessThan(0.03f);
    }

    [Fact]
    public void Ink_lines_stand_on_dark_strokes_only()
    {
        var page = Paint(60, 60, (x, _) => x is >= 29 and <= 31 ? 0.35f : 0.9f);
        var lines = InkLines.Draw(page.C0, FlowField.Find(page, 2), new(1, 4));
        lines[30, 30].ShouldBeLessThan(0.2f);
        lines[10, 30].ShouldBeGreaterThan(0.95f);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.37f)]
    [InlineData(0.5f)]
    [InlineData(0.8f)]
    public void A_screen_lays_as_much_ink_as_the_tone_wants(float tone)
    {
        Halftone screen = new(12, 45);
        double dots = 0, lines = 0;
        for (var y = 0; y < 240; y++)
        {
            for (var x = 0; x < 240; x++)
            {
                dots += screen.Dot(x, y, tone);
                lines += screen.Line(x, y, tone);
            }
        }

        (dots / (240 * 240)).ShouldBe(tone, 0.03);
        (lines / (240 * 240)).ShouldBe(tone, 0.02);
    }

    [Fact]
    public void Strokes_fall_the_same_on_any_number_of_cores_and_stay_in_their_place()
    {
        StrokeCanvas Paint(int cores)
        {
            using var limit = RowBands.LimitTo(cores);
            var canvas = new StrokeCanvas(new ColorPlanes(120, 200));
            var random = new SeededRandom(3);
            var strokes = Enumerable.Range(0, 300).Select(_ => new BrushStroke(
                random.Range(20, 60), random.Range(20, 180), random.Range(0, 3), random.Range(-1, 1), 12, 4, random.Unit(), 1, 0.5f, random.Next()));
            canvas.Paint([.. strokes], new Brush());
            return canvas;
        }

        StrokeCanvas one = Paint(1), two = Paint(4);
        two.Colors.C0.Data.ShouldBe(one.Colors.C0.Data);
        two.Relief.Data.ShouldBe(one.Relief.Data);
        one.Colors.C1[40, 100].ShouldBeGreaterThan(0.5f);
        one.Colors.C1[110, 100].ShouldBe(0);
    }

    [Fact]
    public void Tiles_are_about_as_large_as_asked_and_lie_along_the_edge()
    {
        var edge = Paint(200, 200, (x, y) => x + y < 200 ? 0.2f : 0.8f);
        var tiles = OrientedTiles.Lay(edge, FlowField.Find(edge, 6), 10, new SeededRandom(1));
        tiles.X.Length.ShouldBe(400);
        tiles.Labels.CountBy(label => label).Average(count => count.Value).ShouldBe(100, 5);

        // Beside the diagonal edge tiles are turned by 45°.
        var tile = tiles.Labels[(98 * 200) + 98];
        var (u, v) = tiles.Local(tile, tiles.X[tile] + 5, tiles.Y[tile] - 5);
        Math.Max(Math.Abs(u), Math.Abs(v)).ShouldBe(5 * MathF.Sqrt(2), 0.3f);
    }

    [Fact]
    public void A_quilt_keeps_the_textures_variance_and_takes_it_from_places_of_like_tone()
    {
        // The dark half of the source is rough, the bright half smooth.
        var source = Paint(200, 120, (x, _) => x < 100 ? 0.1f : 0.9f);
        var detail = new Plane(200, 120);
        for (var i = 0; i < detail.Data.Length; i++) detail.Data[i] = i % 200 < 100 ? 0.1f * Grain.Normal(i, 0, 1) : 0;
        var target = Paint(150, 150, (_, y) => y < 75 ? 0.9f : 0.1f);

        var quilt = TextureQuilt.Lay(
            detail, new(source.C0, FlowField.Find(source, 3)), new(target.C0, FlowField.Find(target, 3)), 18, 5);

        Deviation(100, 150).ShouldBe(0.1, 0.02);
        Deviation(0, 40).ShouldBeLessThan(0.02);

        double Deviation(int top, int end)
        {
            double sum = 0;
            for (var y = top; y < end; y++)
                for (var x = 0; x < 150; x++) sum += quilt[x, y] * quilt[x, y];
            return Math.Sqrt(sum / ((end - top) * 150));
        }
    }

    private static ColorPlanes Paint(int width, int height, Func<int, int, float> value)
    {
        var plane = new Plane(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) plane[x, y] = value(x, y);
        return new(plane, plane.Clone(), plane.Clone());
    }
}
