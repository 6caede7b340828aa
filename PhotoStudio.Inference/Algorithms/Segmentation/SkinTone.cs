namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// How much a colour looks like human skin under ordinary light. All skin tones share a narrow range of hue in CIE
/// Lab and differ mostly in lightness, so hue decides and lightness only excludes the extremes.
/// </summary>
internal static class SkinTone
{
    /// <summary>0 (nothing like skin) to 1.</summary>
    public static float Likeness(float lightness, float a, float b)
    {
        var chroma = MathF.Sqrt((a * a) + (b * b));
        float hue = (MathF.Atan2(b, a) * (180 / MathF.PI) - 48) / 18, saturation = (chroma - 26) / 14;
        return MathF.Exp(-(hue * hue) - (saturation * saturation)) * (lightness is > 20 and < 92 ? 1 : 0.2f);
    }
}
