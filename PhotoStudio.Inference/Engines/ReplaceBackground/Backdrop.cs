using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using Vector4 = System.Numerics.Vector4;

namespace PhotoStudio.Inference.Engines.ReplaceBackground;

/// <summary>Makes the new background, RGB, of the picture's size.</summary>
internal static class Backdrop
{
    // Standard deviation of the blur at its strongest, as a share of the longer side.
    private const double StrongestBlur = 0.04;

    // The blur is computed on a smaller copy, on which it is still so many pixels wide.
    private const double FewestSigmas = 4;
    private const double MostPixels = 2_000_000;

    // Alpha from which on a pixel counts as touched by the subject.
    private const float Touched = 0.02f;

    /// <summary>One colour.</summary>
    public static Picture Color(int width, int height, RgbaColor color) => Gradient(width, height, color, color, 0);

    /// <summary>From one colour to another, blended in linear light, from one end of the picture to the other.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="angle">Degrees clockwise; 0 goes to the right.</param>
    public static Picture Gradient(int width, int height, RgbaColor from, RgbaColor to, double angle)
    {
        var picture = new Picture(width, height, PixelFormat.Rgb);
        var (sine, cosine) = Math.SinCos(angle * Math.PI / 180);
        var half = ((Math.Abs(cosine) * width) + (Math.Abs(sine) * height)) / 2;
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var row = picture.Row(y);
                for (var x = 0; x < width; x++)
                {
                    var along = ((x + 0.5 - (width / 2.0)) * cosine) + ((y + 0.5 - (height / 2.0)) * sine);
                    var share = (float)Math.Clamp((along + half) / (2 * half), 0, 1);
                    row[x * 3] = Mix(from.Red, to.Red, share);
                    row[(x * 3) + 1] = Mix(from.Green, to.Green, share);
                    row[(x * 3) + 2] = Mix(from.Blue, to.Blue, share);
                }
            }
        });
        return picture;
    }

    /// <summary>
    /// The picture's own background out of focus. What the subject hides is continued smoothly first, so that none of it shines
    /// through around its edge.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="matte">The subject's alpha, gray, of the picture's size.</param>
    /// <param name="strength">0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Blurred(Picture picture, Picture matte, double strength, CancellationToken cancellationToken)
    {
        var sigma = Math.Max(1, strength * StrongestBlur * Math.Max(picture.Width, picture.Height));
        var shrink = Math.Min(1, FewestSigmas / sigma);
        var (width, height) = AreaResize.FitPixels(
            picture.Width, picture.Height, Math.Min(MostPixels, shrink * shrink * picture.Width * picture.Height));
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var subject = AreaResize.FromPicture(matte, 0, width, height, cancellationToken);
        var hidden = new PixelMask(width, height, [.. subject.Data.Select(alpha => alpha > Touched)]).Grown(1.5f, cancellationToken);
        Fill(rgb, hidden, cancellationToken);
        var scaled = (float)(sigma * width / picture.Width);
        Plane[] blurred =
        [
            .. new[] { rgb.C0, rgb.C1, rgb.C2 }.Select(plane => AreaResize.Bilinear(
                GaussianFilter.Blur(plane, scaled, cancellationToken), picture.Width, picture.Height, cancellationToken)),
        ];
        var result = new Picture(picture.Width, picture.Height, PixelFormat.Rgb);
        for (var i = 0; i < blurred[0].Data.Length; i++)
            for (var c = 0; c < 3; c++) result.Samples[(i * 3) + c] = (byte)((Math.Clamp(blurred[c].Data[i], 0, 1) * 255) + 0.5f);
        return result;
    }

    private static void Fill(ColorPlanes rgb, PixelMask hidden, CancellationToken cancellationToken)
    {
        if (!hidden.Data.Contains(false)) return;
        var colors = new Vector4[hidden.Data.Length];
        for (var i = 0; i < colors.Length; i++) colors[i] = new(rgb.C0.Data[i], rgb.C1.Data[i], rgb.C2.Data[i], 0);
        var filled = DiffusionFill.Fill(colors, hidden, _ => true, cancellationToken);
        for (var i = 0; i < filled.Length; i++)
            (rgb.C0.Data[i], rgb.C1.Data[i], rgb.C2.Data[i]) = (filled[i].X, filled[i].Y, filled[i].Z);
    }

    private static byte Mix(byte from, byte to, float share)
    {
        if (from == to) return from;
        float start = SrgbTables.ToLinear(from / 255f), end = SrgbTables.ToLinear(to / 255f);
        return (byte)((SrgbTables.FromLinear(start + (share * (end - start))) * 255) + 0.5f);
    }
}
