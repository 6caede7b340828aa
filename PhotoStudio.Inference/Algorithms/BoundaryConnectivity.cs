namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Boundary connectivity of regions and the background probability that follows from it (Zhu, Liang, Wei, Sun,
/// "Saliency Optimization from Robust Background Detection", CVPR 2014): how much of the frame a region's geodesic
/// neighbourhood in colour space touches, against the square root of the area it spans. Background touches much of
/// the frame; an object that is merely cropped by it touches little.
/// </summary>
public static class BoundaryConnectivity
{
    /// <summary>
    /// Shortest path lengths between all regions over their adjacency, each edge as long as the colour distance
    /// (in the colours' units) less <paramref name="threshold"/>, at least zero. Row-major, regions × regions.
    /// </summary>
    public static float[] GeodesicDistances(
        float[][] colors, int[][] neighbors, float threshold, CancellationToken cancellationToken = default)
    {
        var count = neighbors.Length;
        var distances = new float[count * count];
        RowBands.Run(count, (first, end) =>
        {
            var queue = new PriorityQueue<int, float>();
            for (var source = first; source < end; source++)
            {
                var row = distances.AsSpan(source * count, count);
                row.Fill(float.PositiveInfinity);
                row[source] = 0;
                queue.Clear();
                queue.Enqueue(source, 0);
                while (queue.TryDequeue(out var i, out var length))
                {
                    if (length > row[i]) continue;
                    foreach (var j in neighbors[i])
                    {
                        var through = length + Math.Max(0, Distance(colors[i], colors[j]) - threshold);
                        if (through >= row[j]) continue;
                        row[j] = through;
                        queue.Enqueue(j, through);
                    }
                }
            }
        }, cancellationToken);
        return distances;
    }

    /// <summary>The boundary connectivity of every region: length along the frame over the square root of the spanned area.</summary>
    /// <param name="geodesic">Distances from <see cref="GeodesicDistances"/>.</param>
    /// <param name="areas">Area of each region, in pixels.</param>
    /// <param name="frameLengths">Length each region has on the frame, in pixels; weights may be folded in.</param>
    /// <param name="sigma">Distance at which a region counts with e^(−1/2).</param>
    public static float[] Compute(float[] geodesic, ReadOnlySpan<float> areas, ReadOnlySpan<float> frameLengths, float sigma)
    {
        var count = areas.Length;
        var result = new float[count];
        for (var i = 0; i < count; i++)
        {
            double area = 0, length = 0;
            for (var j = 0; j < count; j++)
            {
                var d = geodesic[(i * count) + j];
                var similarity = Math.Exp(-d * d / (2 * sigma * sigma));
                area += similarity * areas[j];
                length += similarity * frameLengths[j];
            }

            result[i] = (float)(length / Math.Sqrt(area));
        }

        return result;
    }

    /// <summary>The probability, 0–1, that a region of this boundary connectivity is background (σ = 1 in the paper).</summary>
    public static float BackgroundProbability(float connectivity, float sigma = 1) =>
        1 - MathF.Exp(-connectivity * connectivity / (2 * sigma * sigma));

    /// <summary>Euclidean distance between two colours.</summary>
    internal static float Distance(float[] a, float[] b)
    {
        float x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
        return MathF.Sqrt((x * x) + (y * y) + (z * z));
    }
}
