using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>Gaussian blur by a separable kernel cut off at three standard deviations; the border value is repeated.</summary>
public static class GaussianFilter
{
    /// <summary>Blurs with standard deviation <paramref name="sigma"/> in pixels; zero or less returns a copy.</summary>
    public static Plane Blur(Plane plane, float sigma, CancellationToken cancellationToken = default)
    {
        if (sigma <= 0) return plane.Clone();
        var kernel = Kernel(sigma);
        int radius = kernel.Length / 2, width = plane.Width, height = plane.Height;
        var across = new Plane(width, height);
        RowBands.Run(height, (first, end) =>
        {
            var padded = new float[width + (2 * radius)];
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = plane.Row(y);
                padded.AsSpan(0, radius).Fill(row[0]);
                row.CopyTo(padded.AsSpan(radius));
                padded.AsSpan(radius + width).Fill(row[^1]);
                var target = across.Row(y);
                for (var k = 0; k < kernel.Length; k++) MultiplyAdd(padded.AsSpan(k, width), kernel[k], target);
            }
        }, cancellationToken);

        var result = new Plane(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = result.Row(y);
                for (var k = 0; k < kernel.Length; k++)
                    MultiplyAdd(across.Row(Math.Clamp(y + k - radius, 0, height - 1)), kernel[k], target);
            }
        }, cancellationToken);
        return result;
    }

    /// <summary>The weights from three standard deviations before to three behind, rounded up to whole pixels; their sum is 1.</summary>
    internal static float[] Kernel(float sigma)
    {
        var radius = Math.Max(1, (int)MathF.Ceiling(3 * sigma));
        var kernel = new float[(2 * radius) + 1];
        for (var i = -radius; i <= radius; i++) kernel[i + radius] = MathF.Exp(-i * i / (2 * sigma * sigma));
        var sum = kernel.Sum();
        for (var i = 0; i < kernel.Length; i++) kernel[i] /= sum;
        return kernel;
    }

    /// <summary>Adds the source times the factor to the target.</summary>
    internal static void MultiplyAdd(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        var x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(target[x..]) + (new Vector<float>(source[x..]) * factor)).CopyTo(target[x..]);
        for (; x < target.Length; x++) target[x] += source[x] * factor;
    }
}
