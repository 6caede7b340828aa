using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class SharpEdgesTests
{
    private const int Width = 160, Height = 80;

    [Fact]
    public void A_sharp_step_is_an_edge_and_a_blurred_one_of_the_same_height_is_not()
    {
        // Dark, a sharp step up at a third, a wide slope down at two thirds.
        var edges = SharpEdges.Find(Picture(x => x < 53 ? 0.2f : 0.8f - (0.6f * Math.Clamp((x - 80) / 50f, 0, 1))), Width, Height);
        Mean(edges.Strength, 51, 55).ShouldBeGreaterThan(0.05f);
        Mean(edges.Strength, 75, 135).ShouldBeLessThan(0.001f);
        edges.Share[53, 40].ShouldBeGreaterThan(0.9f);
        edges.Share[105, 40].ShouldBe(0);
    }

    [Fact]
    public void Grain_alone_has_no_edges()
    {
        const int seed = 11;
        var random = new Random(seed);
        var edges = SharpEdges.Find(Picture(_ => 0.5f + (0.01f * (random.NextSingle() - 0.5f))), Width, Height);
        edges.Strength.Data.Average().ShouldBeLessThan(0.0002f, $"seed {seed}");
    }

    [Fact]
    public void The_result_has_the_reduced_size()
    {
        var edges = SharpEdges.Find(Picture(x => x < 80 ? 0 : 1), 40, 20);
        (edges.Strength.Width, edges.Strength.Height, edges.Share.Width, edges.Share.Height).ShouldBe((40, 20, 40, 20));
        Mean(edges.Strength, 19, 21).ShouldBeGreaterThan(Mean(edges.Strength, 0, 10));
    }

    private static float Mean(Plane plane, int first, int end)
    {
        float sum = 0;
        for (var y = 0; y < plane.Height; y++)
            for (var x = first; x < end; x++) sum += plane[x, y];
        return sum / (plane.Height * (end - first));
    }

    private static ColorPlanes Picture(Func<int, float> value)
    {
        var plane = new Plane(Width, Height);
        for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = value(i % Width);
        return new(plane, plane, plane);
    }
}
