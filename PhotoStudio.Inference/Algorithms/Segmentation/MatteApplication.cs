using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Brings a matte found at a reduced size to the photograph's own, row by row: a guided filter carries it along the
/// full-size edges, and every edge pixel's colour is freed of the background.
/// </summary>
internal static class MatteApplication
{
    private const int EdgeRadius = 2;

    /// <summary>Makes the result at full size.</summary>
    public static SubjectCutout Apply(
        Picture picture, ColorPlanes rgb, Plane alpha, double confidence, CancellationToken cancellationToken)
    {
        int width = picture.Width, height = picture.Height, channels = picture.Channels;
        bool gray = channels <= 2, sameSize = width == rgb.Width && height == rgb.Height;
        var span = Math.Max(rgb.Width, rgb.Height);
        var colors = ForegroundColors.Estimate(rgb, alpha, Math.Max(4, span / 16), Math.Max(2, span / 128), cancellationToken);
        var filter = sameSize ? null : GuidedFilter.Fit(rgb, alpha, EdgeRadius, 1e-5f, null, cancellationToken);
        var edge = sameSize ? null : EdgeZone(alpha, cancellationToken);
        Picture matte = new(width, height, PixelFormat.Gray), subject = new(width, height, PixelFormat.Rgba);
        var columns = AreaResize.Taps(rgb.Width, width);
        var rows = AreaResize.Taps(rgb.Height, height);
        var (front, back) = (colors.Foreground, colors.Background);
        Plane[] smooth = [front.C0, front.C1, front.C2, back.C0, back.C1, back.C2];

        RowBands.Run(height, (first, end) =>
        {
            var reader = filter?.At(width, height);
            var values = new float[width];
            var zone = new float[width];
            var estimates = smooth.Select(_ => new float[width]).ToArray();
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AreaResize.BilinearRow(alpha, columns, rows[y], values);
                for (var k = 0; k < smooth.Length; k++) AreaResize.BilinearRow(smooth[k], columns, rows[y], estimates[k]);
                if (reader is not null)
                {
                    reader.Read(y);
                    AreaResize.BilinearRow(edge!, columns, rows[y], zone);
                }

                ReadOnlySpan<byte> source = picture.Row(y);
                Span<byte> target = subject.Row(y), mask = matte.Row(y);
                for (int x = 0, s = 0, t = 0; x < width; x++, s += channels, t += 4)
                {
                    byte red = source[s], green = gray ? red : source[s + 1], blue = gray ? red : source[s + 2];
                    var a = values[x];
                    if (reader is not null && zone[x] > 0)
                    {
                        var guided = ((reader.A0[x] * red) + (reader.A1[x] * green) + (reader.A2[x] * blue)) / 255 + reader.B[x];
                        a = Math.Clamp(guided, 0f, 1f);
                    }

                    var own = picture.HasAlpha ? source[s + channels - 1] / 255f : 1;
                    var opacity = (byte)((a * own * 255) + 0.5f);
                    mask[x] = opacity;
                    if (opacity == 0) continue;
                    target[t + 3] = opacity;
                    if (a > 0.995f)
                    {
                        (target[t], target[t + 1], target[t + 2]) = (red, green, blue);
                        continue;
                    }

                    target[t] = Free(red, estimates[0][x], estimates[3][x], a);
                    target[t + 1] = Free(green, estimates[1][x], estimates[4][x], a);
                    target[t + 2] = Free(blue, estimates[2][x], estimates[5][x], a);
                }
            }
        }, cancellationToken);
        return new(matte, subject, confidence);
    }

    private static byte Free(byte observed, float foreground, float background, float alpha) =>
        (byte)((ForegroundColors.Resolve(observed / 255f, foreground, background, alpha) * 255) + 0.5f);

    // 1 near soft or changing alpha; elsewhere the matte is constant and needs no guide.
    private static Plane EdgeZone(Plane alpha, CancellationToken cancellationToken)
    {
        var mean = BoxFilter.Mean(alpha, EdgeRadius, cancellationToken);
        return mean.Map(v => v is > 0.002f and < 0.998f ? 1 : 0, cancellationToken);
    }
}
