using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The standard deviation of white noise in a plane, told by the high frequencies of those blocks that have the least in the low ones (after
/// N. Ponomarenko et al., "An Automatic Approach to Lossy Compression of AVIRIS Images", 2007, and M. Colom, A. Buades, "Analysis and
/// Extension of the Ponomarenko et al. Method", IPOL 2013).
/// </summary>
public static class NoiseLevel
{
    private const int Size = BlockDct.Size, MostBlocks = 40_000, FewestChosen = 24;
    private const int FirstHigh = 9, LastLow = 6;

    /// <summary>Estimates the noise of planes of one size.</summary>
    /// <param name="planes">The planes, at least 8×8. The first decides which blocks have little content.</param>
    /// <param name="counts">Whether a block whose first value has this index may be used; null for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Each plane's standard deviation, in its unit.</returns>
    public static float[] Estimate(Plane[] planes, Func<int, bool>? counts = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(planes);
        int width = planes[0].Width, height = planes[0].Height;
        var step = Math.Max(1, (int)Math.Sqrt((double)width * height / MostBlocks));
        var blocks = new List<(float Low, int At)>();
        Span<Vector256<float>> block = stackalloc Vector256<float>[Size];
        for (var y = 0; y <= height - Size; y += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var x = 0; x <= width - Size; x += step)
            {
                var at = (y * width) + x;
                if (counts?.Invoke(at) == false) continue;
                Transform(planes[0], at, block);
                blocks.Add((Energy(block, 1, LastLow), at));
            }
        }

        if (blocks.Count == 0) return new float[planes.Length];
        blocks.Sort();
        var chosen = blocks[..Math.Min(blocks.Count, Math.Max(FewestChosen, blocks.Count / 200))];
        var sigmas = new float[planes.Length];
        for (var plane = 0; plane < planes.Length; plane++)
        {
            // A mean a frequency, then the median over the frequencies: a texture with one frequency does not count as noise.
            var squares = new double[Size * Size];
            foreach (var (_, at) in chosen)
            {
                Transform(planes[plane], at, block);
                var values = MemoryMarshal.Cast<Vector256<float>, float>(block);
                for (var i = 0; i < values.Length; i++) squares[i] += (double)values[i] * values[i] / chosen.Count;
            }

            double[] high = [.. squares.Where((_, i) => (i / Size) + (i % Size) >= FirstHigh).Order()];
            sigmas[plane] = (float)Math.Sqrt(high[high.Length / 2]);
        }

        return sigmas;
    }

    private static void Transform(Plane plane, int at, Span<Vector256<float>> block)
    {
        for (var row = 0; row < Size; row++) block[row] = Vector256.LoadUnsafe(ref plane.Data[0], (nuint)(at + (row * plane.Width)));
        BlockDct.Forward(ref block[0]);
    }

    private static float Energy(ReadOnlySpan<Vector256<float>> block, int from, int to)
    {
        var values = MemoryMarshal.Cast<Vector256<float>, float>(block);
        float sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var frequency = (i / Size) + (i % Size);
            if (frequency >= from && frequency <= to) sum += values[i] * values[i];
        }

        return sum;
    }
}
