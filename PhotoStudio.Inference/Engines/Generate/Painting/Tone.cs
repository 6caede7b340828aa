using System.Globalization;
using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Generate.Painting;

/// <summary>Colours as the painters use them: linear light, red, green and blue, 1 for white paper in full light.</summary>
internal static class Tone
{
    /// <summary>The colour that CSS writes <c>#rrggbb</c>; the hash may be left out.</summary>
    public static Vector3 Hex(string text)
    {
        var rgb = int.Parse(text.AsSpan().TrimStart('#'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new(Linear(rgb >> 16), Linear((rgb >> 8) & 255), Linear(rgb & 255));

        static float Linear(int level) => (float)SrgbCurve.ToLinear(level / 255.0);
    }

    /// <summary>Several of <see cref="Hex"/>, separated by blanks.</summary>
    public static Vector3[] Hexes(string text) => [.. text.Split(' ').Select(Hex)];

    /// <summary>Between two colours along a straight line in Oklab, so that the middle is as bright as the eye expects.</summary>
    public static Vector3 Blend(Vector3 from, Vector3 to, float share) =>
        Vector3.Max(Oklab.ToLinear(Vector3.Lerp(Oklab.FromLinear(from), Oklab.FromLinear(to), share)), Vector3.Zero);

    /// <summary>Luminance, by the weights of ITU-R BT.709.</summary>
    public static float Luminance(Vector3 color) => (0.2126f * color.X) + (0.7152f * color.Y) + (0.0722f * color.Z);

    /// <summary>A colour whose strength is multiplied, with the same luminance.</summary>
    public static Vector3 Saturate(Vector3 color, float strength) =>
        Vector3.Max(Vector3.Lerp(new(Luminance(color)), color, strength), Vector3.Zero);

    /// <summary>A colour with the hue and most of the strength of another, and its own lightness.</summary>
    public static Vector3 Tinted(Vector3 color, Vector3 tint, float share)
    {
        Vector3 lab = Oklab.FromLinear(color), other = Oklab.FromLinear(tint);
        var target = new Vector3(lab.X + ((other.X - lab.X) * 0.35f), other.Y, other.Z);
        return Vector3.Max(Oklab.ToLinear(Vector3.Lerp(lab, target, share)), Vector3.Zero);
    }

    /// <summary>0 below <paramref name="low"/>, 1 above <paramref name="high"/>, smooth between; the bounds may be the other way round.</summary>
    public static float Step(float low, float high, float value)
    {
        var t = Math.Clamp((value - low) / (high - low), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>Between two numbers.</summary>
    public static float Mix(float from, float to, float share) => from + ((to - from) * share);
}
