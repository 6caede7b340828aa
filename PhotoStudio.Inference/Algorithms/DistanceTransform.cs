namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Exact Euclidean distance transform in linear time by lower envelopes of parabolas (Felzenszwalb, Huttenlocher,
/// "Distance Transforms of Sampled Functions", Theory of Computing 2012).
/// </summary>
public static class DistanceTransform
{
    private const float Far = 1e12f;

    /// <summary>
    /// The distance, in pixels, of every pixel to the nearest one that is true in <paramref name="mask"/>; 0 on those,
    /// positive infinity everywhere when there is none.
    /// </summary>
    public static Plane Euclidean(ReadOnlySpan<bool> mask, int width, int height, CancellationToken cancellationToken = default)
    {
        var squared = new Plane(width, height);
        var any = false;
        for (var i = 0; i < mask.Length; i++)
        {
            squared.Data[i] = mask[i] ? 0 : Far;
            any |= mask[i];
        }

        if (!any)
        {
            Array.Fill(squared.Data, float.PositiveInfinity);
            return squared;
        }

        RowBands.Run(width, (first, end) =>
        {
            float[] line = new float[height], result = new float[height], bounds = new float[height + 1];
            var parabolas = new int[height];
            for (var x = first; x < end; x++)
            {
                for (var y = 0; y < height; y++) line[y] = squared[x, y];
                Envelope(line, result, parabolas, bounds);
                for (var y = 0; y < height; y++) squared[x, y] = result[y];
            }
        }, cancellationToken);
        RowBands.Run(height, (first, end) =>
        {
            float[] line = new float[width], bounds = new float[width + 1];
            var parabolas = new int[width];
            for (var y = first; y < end; y++)
            {
                var row = squared.Row(y);
                row.CopyTo(line);
                Envelope(line, row, parabolas, bounds);
                for (var x = 0; x < width; x++) row[x] = MathF.Sqrt(row[x]);
            }
        }, cancellationToken);
        return squared;
    }

    private static void Envelope(ReadOnlySpan<float> line, Span<float> result, int[] parabolas, float[] bounds)
    {
        var k = 0;
        parabolas[0] = 0;
        bounds[0] = float.NegativeInfinity;
        bounds[1] = float.PositiveInfinity;
        for (var q = 1; q < line.Length; q++)
        {
            var s = Crossing(line, q, parabolas[k]);
            while (s <= bounds[k]) s = Crossing(line, q, parabolas[--k]);
            k++;
            parabolas[k] = q;
            bounds[k] = s;
            bounds[k + 1] = float.PositiveInfinity;
        }

        k = 0;
        for (var q = 0; q < line.Length; q++)
        {
            while (bounds[k + 1] < q) k++;
            float d = q - parabolas[k];
            result[q] = (d * d) + line[parabolas[k]];
        }
    }

    private static float Crossing(ReadOnlySpan<float> line, int q, int p) =>
        (float)(((line[q] + ((double)q * q)) - (line[p] + ((double)p * p))) / (2.0 * (q - p)));
}
