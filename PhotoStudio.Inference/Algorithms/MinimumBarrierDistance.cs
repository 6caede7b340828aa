namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Approximate minimum barrier distance transform by raster scans (Zhang, Sclaroff, Lin, Shen, Price, Mech,
/// "Minimum Barrier Salient Object Detection at 80 FPS", ICCV 2015). The barrier of a path is the highest value on
/// it minus the lowest; a pixel's distance is the smallest barrier of any path (4-connected) from a seed.
/// </summary>
public static class MinimumBarrierDistance
{
    /// <summary>The distance of every pixel from the seeds, in the plane's units; 0 on the seeds.</summary>
    /// <param name="plane">The values.</param>
    /// <param name="seeds">True where a path may start; one entry a pixel.</param>
    /// <param name="passes">Alternating raster scans; three come within a few percent of the exact distance.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Plane Transform(Plane plane, ReadOnlySpan<bool> seeds, int passes = 3, CancellationToken cancellationToken = default)
    {
        int width = plane.Width, height = plane.Height;
        if (seeds.Length != plane.Data.Length) throw new ArgumentException("One entry a pixel is needed.", nameof(seeds));
        var distance = new Plane(width, height);
        var high = (float[])plane.Data.Clone();
        var low = (float[])plane.Data.Clone();
        for (var i = 0; i < seeds.Length; i++) distance.Data[i] = seeds[i] ? 0 : float.PositiveInfinity;

        for (var pass = 0; pass < passes; pass++)
        {
            var forward = pass % 2 == 0;
            for (var row = 0; row < height; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var y = forward ? row : height - 1 - row;
                var verticalStep = forward ? -width : width;
                var hasVertical = forward ? y > 0 : y < height - 1;
                for (var column = 0; column < width; column++)
                {
                    var x = forward ? column : width - 1 - column;
                    var i = (y * width) + x;
                    if (hasVertical) Relax(plane.Data, distance.Data, high, low, i, i + verticalStep);
                    if (column > 0) Relax(plane.Data, distance.Data, high, low, i, forward ? i - 1 : i + 1);
                }
            }
        }

        return distance;
    }

    private static void Relax(float[] values, float[] distance, float[] high, float[] low, int i, int from)
    {
        float top = Math.Max(high[from], values[i]), bottom = Math.Min(low[from], values[i]);
        if (float.IsPositiveInfinity(distance[from]) || top - bottom >= distance[i]) return;
        distance[i] = top - bottom;
        high[i] = top;
        low[i] = bottom;
    }
}
