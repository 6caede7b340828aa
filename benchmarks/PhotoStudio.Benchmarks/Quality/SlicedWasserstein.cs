using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// How far the patches of two pictures are apart as distributions: their 7×7 patches are projected onto random directions, and the
/// sorted projections compared (Rabin, Peyré, Delon, Bernot, "Wasserstein Barycenter and Its Application to Texture Mixing", 2011).
/// </summary>
public static class SlicedWasserstein
{
    private const int Side = 7;
    private const int Directions = 128;

    private const int Quantiles = 512;

    /// <summary>
    /// The mean distance of projections, in levels (0–255), between the patches of one picture whose centres lie in one mask, and
    /// those of another picture in another mask.
    /// </summary>
    public static double Distance(Picture first, PixelMask whereFirst, Picture second, PixelMask whereSecond)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Picture a = first.As(PixelFormat.Rgb), b = second.As(PixelFormat.Rgb);
        int[] left = Centers(whereFirst), right = Centers(whereSecond);
        var distances = new double[Directions];
        Parallel.For(0, Directions, k =>
        {
            var direction = Direction(k);
            float[] one = Project(a, left, direction), other = Project(b, right, direction);
            Array.Sort(one);
            Array.Sort(other);
            double sum = 0;
            for (var q = 0; q < Quantiles; q++) sum += Math.Abs(Quantile(one, q) - Quantile(other, q));
            distances[k] = sum / Quantiles;
        });
        return distances.Average();
    }

    private static int[] Centers(PixelMask where) => [.. Enumerable.Range(0, where.Data.Length).Where(i =>
        where.Data[i] && i % where.Width is var x && x >= Side / 2 && x < where.Width - (Side / 2)
        && i / where.Width is var y && y >= Side / 2 && y < where.Height - (Side / 2))];

    private static float Quantile(float[] sorted, int q) => sorted[(int)((q + 0.5) / Quantiles * sorted.Length)];

    // Unit vectors of normal numbers are uniform on the sphere.
    private static float[] Direction(int seed)
    {
        var random = new Random(seed);
        var direction = new float[Side * Side * 3];
        for (var i = 0; i < direction.Length; i++)
            direction[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
        var length = MathF.Sqrt(direction.Sum(value => value * value));
        return [.. direction.Select(value => value / length)];
    }

    private static float[] Project(Picture picture, int[] centers, float[] direction)
    {
        var result = new float[centers.Length];
        for (var n = 0; n < centers.Length; n++)
        {
            int x = centers[n] % picture.Width, y = centers[n] / picture.Width;
            var sum = 0f;
            for (int dy = -(Side / 2), at = 0; dy <= Side / 2; dy++)
            {
                var row = picture.Row(y + dy).Slice((x - (Side / 2)) * 3, Side * 3);
                for (var i = 0; i < row.Length; i++, at++) sum += row[i] * direction[at];
            }

            result[n] = sum;
        }

        return result;
    }
}
