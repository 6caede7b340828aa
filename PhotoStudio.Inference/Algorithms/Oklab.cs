using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Linear sRGB to Oklab and back (Ottosson, "A perceptual color space for image processing", 2020). A colour is a vector of red, green
/// and blue, or of lightness (0–1), green–red and blue–yellow.
/// </summary>
public static class Oklab
{
    /// <summary>The Oklab colour of a linear sRGB colour; negative light counts as none.</summary>
    public static Vector3 FromLinear(Vector3 rgb)
    {
        rgb = Vector3.Max(rgb, Vector3.Zero);
        var l = MathF.Cbrt((0.4122214708f * rgb.X) + (0.5363325363f * rgb.Y) + (0.0514459929f * rgb.Z));
        var m = MathF.Cbrt((0.2119034982f * rgb.X) + (0.6806995451f * rgb.Y) + (0.1073969566f * rgb.Z));
        var s = MathF.Cbrt((0.0883024619f * rgb.X) + (0.2817188376f * rgb.Y) + (0.6299787005f * rgb.Z));
        return new(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    /// <summary>The linear sRGB colour of an Oklab colour; what sRGB cannot show comes out below 0 or above 1.</summary>
    public static Vector3 ToLinear(Vector3 lab)
    {
        var l = lab.X + (0.3963377774f * lab.Y) + (0.2158037573f * lab.Z);
        var m = lab.X - (0.1055613458f * lab.Y) - (0.0638541728f * lab.Z);
        var s = lab.X - (0.0894841775f * lab.Y) - (1.2914855480f * lab.Z);
        (l, m, s) = (l * l * l, m * m * m, s * s * s);
        return new(
            (4.0767416621f * l) - (3.3077115913f * m) + (0.2309699292f * s),
            (-1.2684380046f * l) + (2.6097574011f * m) - (0.3413193965f * s),
            (-0.0041960863f * l) - (0.7034186147f * m) + (1.7076147010f * s));
    }

    /// <summary>The linear sRGB colour of a lightness (0–1), a chroma (0 to about 0.32) and a hue in degrees, without negative light.</summary>
    public static Vector3 FromHue(float lightness, float chroma, float hueDegrees)
    {
        var (sin, cos) = MathF.SinCos(hueDegrees * MathF.PI / 180);
        return Vector3.Max(ToLinear(new(lightness, chroma * cos, chroma * sin)), Vector3.Zero);
    }
}
