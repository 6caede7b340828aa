using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class PointsAndColorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_circle_around_a_triangle_holds_another_point(int seed)
    {
        var random = new SeededRandom(seed);
        var points = Enumerable.Range(0, 120).Select(_ => (random.Range(0, 300), random.Range(0, 200))).ToList();

        var triangles = DelaunayTriangulation.Of(points);

        // Euler: 2n − 2 − h triangles, with h corners on the hull.
        triangles.Count.ShouldBeInRange(190, 237);
        foreach (var (a, b, c) in triangles)
        {
            var (x, y, squared) = Circle(points[a], points[b], points[c]);
            for (var i = 0; i < points.Count; i++)
            {
                if (i == a || i == b || i == c) continue;
                var distance = ((points[i].Item1 - x) * (points[i].Item1 - x)) + ((points[i].Item2 - y) * (points[i].Item2 - y));
                distance.ShouldBeGreaterThan(squared * (1 - 1e-6), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Points_on_a_grid_and_twice_in_one_place_are_triangulated_without_gaps()
    {
        var points = Enumerable.Range(0, 100).Select(i => ((float)(i % 10), (float)(i / 10))).ToList();
        points.AddRange(points.Take(20).ToList());
        var area = DelaunayTriangulation.Of(points).Sum(t => Area(points[t.A], points[t.B], points[t.C]));
        area.ShouldBe(81, 1e-3);
    }

    [Fact]
    public void Scattered_points_keep_their_distance_and_leave_no_hole()
    {
        var points = PoissonDiscs.Scatter(200, 150, (x, _) => x < 100 ? 6 : 12, 6, new SeededRandom(4));

        foreach (var (x, y) in points)
        {
            var nearest = points.Where(p => p != (x, y)).Min(p => MathF.Sqrt(((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y))));
            nearest.ShouldBeGreaterThan(x < 85 ? 5.9f : 5);
        }

        for (var y = 0; y < 150; y += 5)
        {
            for (var x = 0; x < 200; x += 5)
                points.Min(p => MathF.Sqrt(((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y)))).ShouldBeLessThan(14.5f);
        }
    }

    [Fact]
    public void Clusters_are_found_where_the_colours_are()
    {
        Vector3[] centers = [new(0.2f, 0, 0), new(0.8f, 0.1f, -0.1f), new(0.5f, -0.2f, 0.2f)];
        var random = new SeededRandom(8);
        var samples = Enumerable.Range(0, 900).Select(i =>
            centers[i % 3] + (new Vector3(random.Normal(), random.Normal(), random.Normal()) * 0.01f)).ToArray();

        var found = ColorClusters.Find(samples, 3, random);

        found.Length.ShouldBe(3);
        foreach (var center in centers) found.Min(f => Vector3.Distance(f, center)).ShouldBeLessThan(0.01f);
        ColorClusters.Find([new(0.5f, 0, 0), new(0.5f, 0, 0)], 4, random).Length.ShouldBe(1);
    }

    [Fact]
    public void Transported_colours_have_the_mean_and_the_spread_of_the_others()
    {
        var random = new SeededRandom(2);
        Vector3[] Cloud(Vector3 center, Vector3 along, float width) => [.. Enumerable.Range(0, 3000).Select(_ =>
            center + (along * random.Normal()) + (new Vector3(random.Normal(), random.Normal(), random.Normal()) * width))];
        var from = Cloud(new(0.6f, 0.02f, 0.03f), new(0.1f, 0, 0.01f), 0.01f);
        var to = Cloud(new(0.4f, -0.03f, -0.06f), new(0.05f, 0.03f, -0.03f), 0.015f);

        var transport = ColorTransport.Fit(from, to, new SeededRandom(7));
        var moved = Array.ConvertAll(from, transport.Map);

        Vector3.Distance(Mean(moved), Mean(to)).ShouldBeLessThan(0.008f);
        for (var a = 0; a < 3; a++)
            for (var b = 0; b < 3; b++) Covariance(moved, a, b).ShouldBe(Covariance(to, a, b), 0.0006);
    }

    private static Vector3 Mean(Vector3[] colors) => colors.Aggregate(Vector3.Zero, (sum, color) => sum + color) / colors.Length;

    private static double Covariance(Vector3[] colors, int a, int b)
    {
        var mean = Mean(colors);
        return colors.Average(color => (double)(color[a] - mean[a]) * (color[b] - mean[b]));
    }

    private static double Area((float X, float Y) a, (float X, float Y) b, (float X, float Y) c) =>
        Math.Abs(((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X))) / 2.0;

    private static (double X, double Y, double Squared) Circle((float X, float Y) a, (float X, float Y) b, (float X, float Y) c)
    {
        double bx = b.X - (double)a.X, by = b.Y - (double)a.Y, cx = c.X - (double)a.X, cy = c.Y - (double)a.Y, d = 2 * ((bx * cy) - (by * cx));
        double x = ((cy * ((bx * bx) + (by * by))) - (by * ((cx * cx) + (cy * cy)))) / d;
        double y = ((bx * ((cx * cx) + (cy * cy))) - (cx * ((bx * bx) + (by * by)))) / d;
        return (a.X + x, a.Y + y, (x * x) + (y * y));
    }
}
