using System.Numerics;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Colours in Oklab, and the few a picture is made of.</summary>
internal static class Palettes
{
    private const int MostSamples = 12_000;

    /// <summary>The Oklab colour of an sRGB colour, 0–1.</summary>
    public static Vector3 ToOklab(Vector3 srgb) =>
        Oklab.FromLinear(new(SrgbTables.ToLinear(srgb.X), SrgbTables.ToLinear(srgb.Y), SrgbTables.ToLinear(srgb.Z)));

    /// <summary>The sRGB colour of an Oklab colour; what sRGB cannot show is cut off.</summary>
    public static Vector3 ToSrgb(Vector3 lab)
    {
        var linear = Oklab.ToLinear(lab);
        return new(SrgbTables.FromLinear(linear.X), SrgbTables.FromLinear(linear.Y), SrgbTables.FromLinear(linear.Z));
    }

    /// <summary>A picture's colours in Oklab.</summary>
    public static ColorPlanes ToOklab(StyleCanvas canvas, ColorPlanes colors) => canvas.Paint((_, _, i) => ToOklab(colors.At(i)));

    /// <summary>The colours, in Oklab, that a picture is made of. Hue counts more than lightness, so that small colourful parts get theirs.</summary>
    public static Vector3[] Of(ColorPlanes colors, int count, SeededRandom random)
    {
        Vector3 weight = new(1, 3, 3);
        var samples = Array.ConvertAll(Samples(colors), sample => sample * weight);
        return Array.ConvertAll(ColorClusters.Find(samples, count, random), center => center / weight);
    }

    /// <summary>Colours from all over a picture, in Oklab.</summary>
    public static Vector3[] Samples(ColorPlanes colors, int most = MostSamples)
    {
        var pixels = colors.Width * colors.Height;
        var count = Math.Min(pixels, most);
        var samples = new Vector3[count];
        for (var k = 0; k < count; k++) samples[k] = ToOklab(colors.At((int)((k + 0.5) * pixels / count)));
        return samples;
    }
}
