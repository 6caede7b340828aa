using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>How near a filled hole is to what was there.</summary>
/// <param name="Patches">The sliced Wasserstein distance of the patches, in levels.</param>
/// <param name="Psnr">Peak signal to noise inside the hole, in dB.</param>
/// <param name="Seam">The mean gradient across the hole's border, as a share of that of the truth.</param>
public sealed record InpaintScore(double Patches, double Psnr, double Seam)
{
    private const float RingWidth = 32;

    // In levels; what is smoother than this is not called texture.
    private const double LeastRoughness = 4;
    private const double SameTexture = 0.5;

    /// <summary>Scores a filling.</summary>
    public static InpaintScore Of(Picture filled, Picture truth, PixelMask hole)
    {
        ArgumentNullException.ThrowIfNull(filled);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(hole);
        double squares = 0;
        var count = 0;
        for (var i = 0; i < hole.Data.Length; i++)
        {
            if (!hole.Data[i]) continue;
            for (var c = 0; c < 3; c++)
            {
                double difference = filled.Samples[(i * 3) + c] - truth.Samples[(i * 3) + c];
                squares += difference * difference;
                count++;
            }
        }

        return new(
            SlicedWasserstein.Distance(filled, hole, truth, hole),
            10 * Math.Log10(255.0 * 255.0 / Math.Max(1e-9, squares / Math.Max(1, count))),
            BorderGradient(filled, hole) / Math.Max(1e-9, BorderGradient(truth, hole)));
    }

    /// <summary>
    /// Whether the hole hides texture: something as rough as what lies around it and with the same patches, rather than an object
    /// that is seen nowhere else, for which no right answer can be found in the picture.
    /// </summary>
    public static bool IsTexture(Picture truth, PixelMask hole, InpaintScore diffusion)
    {
        ArgumentNullException.ThrowIfNull(hole);
        ArgumentNullException.ThrowIfNull(diffusion);
        var around = hole.Grown(RingWidth);
        for (var i = 0; i < around.Data.Length; i++) around.Data[i] &= !hole.Data[i];
        return SlicedWasserstein.Distance(truth, hole, truth, around) <= SameTexture * diffusion.Patches && Roughness(truth, hole) >= LeastRoughness;
    }

    // The standard deviation of luma against its mean over 15×15 pixels.
    private static double Roughness(Picture truth, PixelMask hole)
    {
        var luma = new Plane(truth.Width, truth.Height);
        for (var i = 0; i < luma.Data.Length; i++)
            luma.Data[i] = ((2 * truth.Samples[i * 3]) + (5 * truth.Samples[(i * 3) + 1]) + truth.Samples[(i * 3) + 2]) / 8f;
        var mean = BoxFilter.Mean(luma, 7);
        double sum = 0;
        var count = 0;
        for (var i = 0; i < luma.Data.Length; i++)
        {
            if (!hole.Data[i]) continue;
            sum += (luma.Data[i] - mean.Data[i]) * (luma.Data[i] - mean.Data[i]);
            count++;
        }

        return Math.Sqrt(sum / Math.Max(1, count));
    }

    /// <summary>The truth, the truth with the hole in magenta, and the filling, in a row.</summary>
    public static Picture SideBySide(Picture truth, PixelMask hole, Picture filled)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(hole);
        ArgumentNullException.ThrowIfNull(filled);
        var sheet = new Picture(truth.Width * 3, truth.Height, PixelFormat.Rgb);
        for (var y = 0; y < truth.Height; y++)
        {
            var row = sheet.Row(y);
            truth.Row(y).CopyTo(row);
            truth.Row(y).CopyTo(row[(truth.Width * 3)..]);
            filled.Row(y).CopyTo(row[(truth.Width * 6)..]);
            for (var x = 0; x < truth.Width; x++)
                if (hole[x, y]) ((ReadOnlySpan<byte>)[255, 0, 255]).CopyTo(row[((truth.Width + x) * 3)..]);
        }

        return sheet;
    }

    private static double BorderGradient(Picture picture, PixelMask hole)
    {
        double sum = 0;
        var count = 0;
        for (var y = 0; y + 1 < hole.Height; y++)
        {
            for (var x = 0; x + 1 < hole.Width; x++)
            {
                var i = (y * hole.Width) + x;
                foreach (var other in (ReadOnlySpan<int>)[i + 1, i + hole.Width])
                {
                    if (hole.Data[i] == hole.Data[other]) continue;
                    for (var c = 0; c < 3; c++) sum += Math.Abs(picture.Samples[(i * 3) + c] - picture.Samples[(other * 3) + c]);
                    count++;
                }
            }
        }

        return sum / Math.Max(1, count);
    }
}
