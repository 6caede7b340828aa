using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging;

/// <summary>
/// The DCT hash of a picture after Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), section 3.2.1: the
/// signs of the lowest 8×8 frequencies but the constant ones, against their median, of the luma at 32×32 pixels. Pictures that look alike
/// differ in few of the 64 bits: the same picture resized or recompressed in about 0 to 4, different ones in about 32.
/// </summary>
public static class PerceptualHash
{
    /// <summary>Up to so many different bits, two pictures count as alike unless somebody asks otherwise.</summary>
    public const int UsualDistance = 10;

    private const int Side = 32;
    private const int Kept = 8;

    private static readonly float[] Cosines = MakeCosines();

    /// <summary>The size at which the hash looks at a picture.</summary>
    public static ScaledSize Size { get; } = new(Side, Side, FitMode.Exact);

    /// <summary>The hash of a file's first frame.</summary>
    /// <exception cref="PictureFormatException">The bytes are no picture, are truncated, or are damaged.</exception>
    /// <exception cref="PictureTooLargeException">The header promises more than the limits allow.</exception>
    public static long Of(IPictureCodec codec, ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Of(codec.DecodeScaled(file, Size, limits, cancellationToken));
    }

    /// <summary>The hash of a picture of <see cref="Size"/>. What is transparent counts as white.</summary>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public static long Of(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Width != Side || picture.Height != Side) throw new ArgumentException($"The hash is taken at {Side}×{Side} pixels.", nameof(picture));

        var frequencies = LowFrequencies(Luma(picture));
        var median = Median(frequencies);
        var hash = 0UL;
        for (var i = 0; i < frequencies.Length; i++)
        {
            if (frequencies[i] > median) hash |= 1UL << i;
        }

        return (long)hash;
    }

    private static float[] Luma(Picture picture)
    {
        var gray = picture.As(picture.HasAlpha ? PixelFormat.GrayAlpha : PixelFormat.Gray);
        var luma = new float[Side * Side];
        for (var i = 0; i < luma.Length; i++)
        {
            var opacity = gray.HasAlpha ? gray.Samples[(2 * i) + 1] / 255f : 1;
            luma[i] = (gray.Samples[gray.Channels * i] * opacity) + (255 * (1 - opacity));
        }

        return luma;
    }

    /// <summary>The DCT-II coefficients 1 to 8 in both directions; the scale does not matter to the signs.</summary>
    private static float[] LowFrequencies(float[] luma)
    {
        var rows = new float[Side * Kept];
        for (var y = 0; y < Side; y++)
        {
            for (var u = 0; u < Kept; u++)
            {
                var sum = 0f;
                for (var x = 0; x < Side; x++) sum += luma[(y * Side) + x] * Cosines[(u * Side) + x];
                rows[(y * Kept) + u] = sum;
            }
        }

        var frequencies = new float[Kept * Kept];
        for (var v = 0; v < Kept; v++)
        {
            for (var u = 0; u < Kept; u++)
            {
                var sum = 0f;
                for (var y = 0; y < Side; y++) sum += rows[(y * Kept) + u] * Cosines[(v * Side) + y];
                frequencies[(v * Kept) + u] = sum;
            }
        }

        return frequencies;
    }

    private static float Median(float[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static float[] MakeCosines()
    {
        var cosines = new float[Kept * Side];
        for (var k = 0; k < Kept; k++)
        {
            for (var n = 0; n < Side; n++) cosines[(k * Side) + n] = MathF.Cos(MathF.PI * (k + 1) * ((2 * n) + 1) / (2 * Side));
        }

        return cosines;
    }
}
