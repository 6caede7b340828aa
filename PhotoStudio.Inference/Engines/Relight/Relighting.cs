using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Relight;

/// <summary>
/// Lights a picture anew. Surfaces are guessed on a small copy: what is lighter than its surroundings is taken to be nearer ("dark is deep",
/// M. Langer, H. Bülthoff, "Depth Discrimination from Shading under Diffuse Lighting", 2000) at several scales; their normals under the
/// light, and its fall-off across the picture, give a shading (Lambert 1760). The shading follows the picture's edges by the guided filter
/// (He et al. 2013) and multiplies linear light, so that detail stays. What becomes too bright is rolled off (E. Reinhard et al.,
/// "Photographic Tone Reproduction for Digital Images", 2002, with their white point) and not cut off.
/// </summary>
internal static class Relighting
{
    /// <summary>Memory of the small copies' planes, in bytes.</summary>
    public const long FixedBytes = 48L << 20;

    private const int Longest = 384, GuideRadius = 12;
    private const float GuideFlat = 0.004f, Relief = 9, Falloff = 1.3f;

    // The share of the whole that the new light has at intensity 1, and where tones begin to be rolled off.
    private const float Share = 0.65f, Shoulder = 0.35f;

    private const int Steps = 4_096;
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(level => (float)SrgbCurve.ToLinear(level / 255.0))];
    private static readonly byte[] Encoded =
        [.. Enumerable.Range(0, Steps + 1).Select(step => (byte)Math.Round(SrgbCurve.FromLinear(Math.Pow(step / (double)Steps, 2)) * 255))];

    /// <summary>The picture in another light; alpha stays.</summary>
    public static Picture Run(Picture picture, LightSource light, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (picture.Channels <= 2 && !light.IsWhite) picture = picture.As(picture.HasAlpha ? PixelFormat.Rgba : PixelFormat.Rgb);
        var (width, height) = AreaResize.Fit(picture.Width, picture.Height, Longest);
        var small = ColorPlanes.From(picture, width, height, cancellationToken);
        progress?.Report(0.2);
        var shading = Shading(small, light, cancellationToken);
        var filter = GuidedFilter.Fit(small, shading, GuideRadius, GuideFlat, cancellationToken: cancellationToken);
        var white = WhitePoint(small, filter.Apply(small), light);
        progress?.Report(0.5);

        var result = new Picture(picture.Width, picture.Height, picture.Format);
        RowBands.Run(picture.Height, (first, end) =>
        {
            var reader = filter.At(picture.Width, picture.Height);
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reader.Read(y);
                Row(picture.Row(y), result.Row(y), picture.Channels, reader, light, white);
            }
        }, cancellationToken);
        progress?.Report(1);
        return result;
    }

    /// <summary>How much of the light each place gets, with a mean of 1.</summary>
    internal static Plane Shading(ColorPlanes small, LightSource light, CancellationToken cancellationToken)
    {
        int width = small.Width, height = small.Height;
        var surface = Surface(small, cancellationToken);
        var shading = new Plane(width, height);
        double aspect = (double)width / height, wide = Math.Max(1, aspect), high = Math.Max(1, 1 / aspect), sum = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                float slopeX = surface[Math.Min(x + 1, width - 1), y] - surface[Math.Max(x - 1, 0), y];
                float slopeY = surface[x, Math.Max(y - 1, 0)] - surface[x, Math.Min(y + 1, height - 1)];
                var length = MathF.Sqrt(1 + (slopeX * slopeX) + (slopeY * slopeY));

                // Half-Lambert keeps what is turned away from losing its shape; a light off to the side is nearer to its side of the picture.
                var lambert = ((light.Z - (slopeX * light.X) - (slopeY * light.Y)) / length * 0.5f) + 0.5f;
                double across = (((x + 0.5) / width * 2) - 1) * wide, up = (1 - ((y + 0.5) / height * 2)) * high;
                double dx = across - (1.3 * wide * light.X), dy = up - (1.3 * high * light.Y);
                shading[x, y] = lambert * lambert / (float)(1 + (Falloff * ((dx * dx) + (dy * dy))));
                sum += shading[x, y];
            }
        }

        var scale = (float)(width * height / Math.Max(sum, 1e-6));
        for (var i = 0; i < shading.Data.Length; i++) shading.Data[i] *= scale;
        return GaussianFilter.Blur(shading, Longest / 200f, cancellationToken);
    }

    /// <summary>The heights of the guessed surface, in steps between two pixels.</summary>
    private static Plane Surface(ColorPlanes small, CancellationToken cancellationToken)
    {
        var luma = new Plane(small.Width, small.Height);
        for (var i = 0; i < luma.Data.Length; i++)
            luma.Data[i] = (0.2126f * small.C0.Data[i]) + (0.7152f * small.C1.Data[i]) + (0.0722f * small.C2.Data[i]);

        var surface = new Plane(small.Width, small.Height);
        foreach (var (sigma, weight) in (ReadOnlySpan<(float, float)>)[(1.5f, 0.25f), (4, 0.5f), (12, 1)])
        {
            var blurred = GaussianFilter.Blur(luma, sigma, cancellationToken);
            for (var i = 0; i < surface.Data.Length; i++) surface.Data[i] += Relief * weight * blurred.Data[i];
        }

        return surface;
    }

    /// <summary>The brightest linear value that becomes white: all but a thousandth of the values are darker.</summary>
    private static float WhitePoint(ColorPlanes small, Plane shading, LightSource light)
    {
        var values = new float[shading.Data.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (red, green, blue) = Gains(shading.Data[i], light);
            values[i] = Math.Max(
                red * SrgbTables.ToLinear(small.C0.Data[i]),
                Math.Max(green * SrgbTables.ToLinear(small.C1.Data[i]), blue * SrgbTables.ToLinear(small.C2.Data[i])));
        }

        // The small copy has averaged the brightest spots away.
        Array.Sort(values);
        return Math.Max(1, 1.15f * values[(int)(0.999 * (values.Length - 1))]);
    }

    private static (float Red, float Green, float Blue) Gains(float shading, LightSource light)
    {
        var own = Share * light.Intensity * Math.Max(0, shading);
        return (light.Ambient + (own * light.Red), light.Ambient + (own * light.Green), light.Ambient + (own * light.Blue));
    }

    private static void Row(
        ReadOnlySpan<byte> from, Span<byte> to, int channels, GuidedFilter.RowReader reader, LightSource light, float white)
    {
        var gray = channels <= 2;
        for (int x = 0, at = 0; at < from.Length; x++, at += channels)
        {
            byte r = from[at], g = gray ? r : from[at + 1], b = gray ? r : from[at + 2];
            var shading = ((reader.A0[x] * r) + (reader.A1[x] * g) + (reader.A2[x] * b)) * (1 / 255f) + reader.B[x];
            var (red, green, blue) = Gains(shading, light);
            (red, green, blue) = (red * Linear[r], green * Linear[g], blue * Linear[b]);

            // All three are rolled off by the brightest, so that colours keep their hue.
            var brightest = Math.Max(red, Math.Max(green, blue));
            var scale = brightest > Shoulder ? RollOff(brightest, white) / brightest : 1;
            to[at] = Encode(red * scale);
            if (!gray) (to[at + 1], to[at + 2]) = (Encode(green * scale), Encode(blue * scale));
            if (channels is 2 or 4) to[at + channels - 1] = from[at + channels - 1];
        }
    }

    private static float RollOff(float value, float white)
    {
        float over = (value - Shoulder) / (1 - Shoulder), most = (white - Shoulder) / (1 - Shoulder);
        return Shoulder + ((1 - Shoulder) * over * (1 + (over / (most * most))) / (1 + over));
    }

    private static byte Encode(float linear) => Encoded[(int)((MathF.Sqrt(Math.Clamp(linear, 0, 1)) * Steps) + 0.5f)];
}
