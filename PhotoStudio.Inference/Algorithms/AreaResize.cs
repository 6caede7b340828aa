using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Resizing of planes: shrinking averages over the exact area of each target pixel (no aliasing), growing is bilinear
/// with pixel centres aligned.
/// </summary>
public static class AreaResize
{
    /// <summary>
    /// The size with the same proportions whose longer side is at most <paramref name="longest"/>; never larger than the original.
    /// </summary>
    public static (int Width, int Height) Fit(int width, int height, int longest)
    {
        var scale = Math.Min(1.0, (double)longest / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>
    /// The size with the same proportions and at most about <paramref name="pixels"/> pixels; never larger than the original.
    /// </summary>
    public static (int Width, int Height) FitPixels(int width, int height, double pixels)
    {
        var scale = Math.Min(1.0, Math.Sqrt(pixels / ((double)width * height)));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>One channel of a picture, 0–1, shrunk to the target size.</summary>
    public static Plane FromPicture(Picture picture, int channel, int width, int height, CancellationToken cancellationToken = default)
    {
        var result = new Plane(width, height);
        int channels = picture.Channels;
        var horizontal = Spans(picture.Width, width);
        var vertical = Spans(picture.Height, height);
        RowBands.Run(height, (first, end) =>
        {
            var row = new float[picture.Width];
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (top, bottom, topWeight, bottomWeight) = vertical[y];
                Array.Clear(row);
                for (var sy = top; sy <= bottom; sy++)
                {
                    var weight = sy == top ? topWeight : sy == bottom ? bottomWeight : 1f;
                    var source = picture.Row(sy);
                    for (int x = 0, s = channel; x < row.Length; x++, s += channels) row[x] += weight * source[s];
                }

                Gather(row, horizontal, result.Row(y), 1f / (255f * (picture.Height / (float)height) * (picture.Width / (float)width)));
            }
        }, cancellationToken);
        return result;
    }

    /// <summary>Shrinks a plane to a size not larger than its own.</summary>
    public static Plane Shrink(Plane plane, int width, int height, CancellationToken cancellationToken = default)
    {
        if (width == plane.Width && height == plane.Height) return plane.Clone();
        var result = new Plane(width, height);
        var horizontal = Spans(plane.Width, width);
        var vertical = Spans(plane.Height, height);
        RowBands.Run(height, (first, end) =>
        {
            var row = new float[plane.Width];
            for (var y = first; y < end; y++)
            {
                var (top, bottom, topWeight, bottomWeight) = vertical[y];
                Array.Clear(row);
                for (var sy = top; sy <= bottom; sy++)
                {
                    var weight = sy == top ? topWeight : sy == bottom ? bottomWeight : 1f;
                    var source = plane.Row(sy);
                    for (var x = 0; x < row.Length; x++) row[x] += weight * source[x];
                }

                Gather(row, horizontal, result.Row(y), 1f / ((plane.Height / (float)height) * (plane.Width / (float)width)));
            }
        }, cancellationToken);
        return result;
    }

    /// <summary>Shrinks three planes to a size not larger than their own.</summary>
    public static ColorPlanes Shrink(ColorPlanes planes, int width, int height, CancellationToken cancellationToken = default) =>
        new(
            Shrink(planes.C0, width, height, cancellationToken),
            Shrink(planes.C1, width, height, cancellationToken),
            Shrink(planes.C2, width, height, cancellationToken));

    /// <summary>Resizes a plane by bilinear interpolation, pixel centres aligned and borders repeated.</summary>
    public static Plane Bilinear(Plane plane, int width, int height, CancellationToken cancellationToken = default)
    {
        if (width == plane.Width && height == plane.Height) return plane.Clone();
        var result = new Plane(width, height);
        var columns = Taps(plane.Width, width);
        var rows = Taps(plane.Height, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++) BilinearRow(plane, columns, rows[y], result.Row(y));
        }, cancellationToken);
        return result;
    }

    /// <summary>The two neighbours and the second one's weight for every target position of a bilinear resize.</summary>
    internal static (int Low, int High, float Weight)[] Taps(int source, int target)
    {
        var taps = new (int Low, int High, float Weight)[target];
        var scale = (double)source / target;
        for (var i = 0; i < target; i++)
        {
            var position = Math.Clamp(((i + 0.5) * scale) - 0.5, 0, source - 1);
            var low = (int)position;
            taps[i] = (low, Math.Min(low + 1, source - 1), (float)(position - low));
        }

        return taps;
    }

    /// <summary>One row of a bilinear resize.</summary>
    internal static void BilinearRow(
        Plane plane, (int Low, int High, float Weight)[] columns, (int Low, int High, float Weight) row, Span<float> target)
    {
        ReadOnlySpan<float> upper = plane.Row(row.Low), lower = plane.Row(row.High);
        for (var x = 0; x < target.Length; x++)
        {
            var (low, high, weight) = columns[x];
            var top = upper[low] + (weight * (upper[high] - upper[low]));
            var bottom = lower[low] + (weight * (lower[high] - lower[low]));
            target[x] = top + (row.Weight * (bottom - top));
        }
    }

    // For every target pixel the first and last source pixel it covers and how much of each.
    private static (int First, int Last, float FirstWeight, float LastWeight)[] Spans(int source, int target)
    {
        var spans = new (int, int, float, float)[target];
        var scale = (double)source / target;
        for (var i = 0; i < target; i++)
        {
            double start = i * scale, end = (i + 1) * scale;
            var first = Math.Min((int)start, source - 1);
            var last = Math.Clamp((int)Math.Ceiling(end - 1e-9) - 1, first, source - 1);
            spans[i] = first == last
                ? (first, last, (float)(end - start), 0)
                : (first, last, (float)(first + 1 - start), (float)(end - last));
        }

        return spans;
    }

    private static void Gather(
        ReadOnlySpan<float> row, (int First, int Last, float FirstWeight, float LastWeight)[] spans, Span<float> target, float scale)
    {
        for (var x = 0; x < target.Length; x++)
        {
            var (first, last, firstWeight, lastWeight) = spans[x];
            var sum = (row[first] * firstWeight) + (first == last ? 0 : row[last] * lastWeight);
            for (var i = first + 1; i < last; i++) sum += row[i];
            target[x] = sum * scale;
        }
    }
}
