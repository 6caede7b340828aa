using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Takes a picture's colours out for painting and puts the painted ones back.</summary>
internal static class StyleBlend
{
    /// <summary>Painting is done on at most so many pixels; brushes follow the size, so that a larger picture gains little.</summary>
    public const double MostPixels = 8_000_000;

    /// <summary>
    /// The colours to paint after, at a reduced size for a large picture. Where the picture is transparent its colours mean nothing;
    /// those of the surroundings take their place.
    /// </summary>
    public static ColorPlanes Colors(Picture picture, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, MostPixels);
        var colors = ColorPlanes.From(picture, width, height, cancellationToken);
        if (!picture.HasAlpha) return colors;

        var alpha = AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken);
        if (alpha.Data.All(a => a > 0.99f)) return colors;
        var sigma = Math.Max(1, MathF.Sqrt(width * (float)height) / 60);
        var cover = GaussianFilter.Blur(alpha, sigma, cancellationToken);
        return new(Filled(colors.C0), Filled(colors.C1), Filled(colors.C2));

        Plane Filled(Plane color) => Fill(color, alpha, cover, sigma, cancellationToken);
    }

    /// <summary>The picture with painted colours; its size, format and alpha stay, except that a gray one may get colours.</summary>
    /// <param name="picture">The original.</param>
    /// <param name="painted">sRGB, of the size that <see cref="Colors"/> gave.</param>
    /// <param name="strength">How far from the original (0) to the painted colours (1).</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Apply(Picture picture, ColorPlanes painted, float strength, CancellationToken cancellationToken)
    {
        var gray = picture.Channels <= 2;
        var original = gray ? picture.As(picture.HasAlpha ? PixelFormat.Rgba : PixelFormat.Rgb) : picture;
        var result = new Picture(original.Width, original.Height, original.Format);
        var columns = AreaResize.Taps(painted.Width, result.Width);
        var rows = AreaResize.Taps(painted.Height, result.Height);
        var colorful = 0;
        RowBands.Run(
            result.Height,
            (first, end) =>
            {
                float[] red = new float[result.Width], green = new float[result.Width], blue = new float[result.Width];
                var seen = false;
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    AreaResize.BilinearRow(painted.C0, columns, rows[y], red);
                    AreaResize.BilinearRow(painted.C1, columns, rows[y], green);
                    AreaResize.BilinearRow(painted.C2, columns, rows[y], blue);
                    ReadOnlySpan<byte> before = original.Row(y);
                    var after = result.Row(y);
                    for (int x = 0, at = 0; at < after.Length; x++, at += result.Channels)
                    {
                        after[at] = Mix(before[at], red[x], strength);
                        after[at + 1] = Mix(before[at + 1], green[x], strength);
                        after[at + 2] = Mix(before[at + 2], blue[x], strength);
                        if (result.HasAlpha) after[at + 3] = before[at + 3];
                        seen |= after[at] != after[at + 1] || after[at] != after[at + 2];
                    }
                }

                if (seen) Volatile.Write(ref colorful, 1);
            },
            cancellationToken);
        return gray && colorful == 0 ? result.As(picture.Format) : result;
    }

    private static byte Mix(byte before, float painted, float strength)
    {
        var target = Math.Clamp(painted, 0, 1) * 255;
        return (byte)(before + (strength * (target - before)) + 0.5f);
    }

    private static Plane Fill(Plane color, Plane alpha, Plane cover, float sigma, CancellationToken cancellationToken)
    {
        var weighted = color.Clone();
        for (var i = 0; i < weighted.Data.Length; i++) weighted.Data[i] *= alpha.Data[i];
        weighted = GaussianFilter.Blur(weighted, sigma, cancellationToken);
        for (var i = 0; i < weighted.Data.Length; i++)
        {
            var around = cover.Data[i] > 1e-3f ? weighted.Data[i] / cover.Data[i] : 1;
            weighted.Data[i] = around + (Math.Clamp(alpha.Data[i] * 4, 0, 1) * (color.Data[i] - around));
        }

        return weighted;
    }
}
