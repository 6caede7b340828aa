using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Mean over a square window, at a cost that does not depend on the radius: a running sum along the rows, then one
/// along the columns (vectorised across x). Near the border the mean is over the part of the window inside.
/// </summary>
public static class BoxFilter
{
    /// <summary>The mean over the (2·radius + 1)² window around every value.</summary>
    public static Plane Mean(Plane plane, int radius, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        int width = plane.Width, height = plane.Height;
        var across = new Plane(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++) MeanRow(plane.Row(y), across.Row(y), radius);
        }, cancellationToken);

        var result = new Plane(width, height);
        RowBands.Run(height, (first, end) => MeanColumns(across, result, radius, first, end), cancellationToken);
        return result;
    }

    private static void MeanRow(ReadOnlySpan<float> source, Span<float> target, int radius)
    {
        var width = source.Length;
        double sum = 0;
        var count = 0;
        for (var x = 0; x < Math.Min(radius, width); x++, count++) sum += source[x];
        for (var x = 0; x < width; x++)
        {
            if (x + radius < width)
            {
                sum += source[x + radius];
                count++;
            }

            if (x - radius - 1 >= 0)
            {
                sum -= source[x - radius - 1];
                count--;
            }

            target[x] = (float)(sum / count);
        }
    }

    // Each band starts its own running sums, so the rounding within a band never depends on another band.
    private static void MeanColumns(Plane source, Plane target, int radius, int first, int end)
    {
        int width = source.Width, height = source.Height;
        var sums = new float[width];
        var count = 0;
        for (var y = Math.Max(0, first - radius); y < Math.Min(height, first + radius); y++, count++) Add(sums, source.Row(y), 1);
        for (var y = first; y < end; y++)
        {
            if (y + radius < height)
            {
                Add(sums, source.Row(y + radius), 1);
                count++;
            }

            if (y > first && y - radius - 1 >= 0)
            {
                Add(sums, source.Row(y - radius - 1), -1);
                count--;
            }

            Scale(sums, target.Row(y), 1f / count);
        }
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> row, float sign)
    {
        var x = 0;
        var factor = new Vector<float>(sign);
        for (; x <= sums.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) + (factor * new Vector<float>(row[x..]))).CopyTo(sums[x..]);
        for (; x < sums.Length; x++) sums[x] += sign * row[x];
    }

    private static void Scale(ReadOnlySpan<float> sums, Span<float> target, float factor)
    {
        var x = 0;
        for (; x <= sums.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) * factor).CopyTo(target[x..]);
        for (; x < sums.Length; x++) target[x] = sums[x] * factor;
    }
}
