namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// How much a colour may be that of a face, under warm and cold light and whatever make-up: the hue decides, from pink to yellow; only
/// gray and garish colours are out.
/// </summary>
internal static class FaceColor
{
    /// <summary>0 to 1, of CIE Lab.</summary>
    public static float Likeness(float lightness, float a, float b)
    {
        var chroma = MathF.Sqrt((a * a) + (b * b));
        var hue = MathF.Atan2(b, a) * (180 / MathF.PI);
        var byHue = Falls(Math.Abs(hue - 47), 28, 46);
        var byChroma = Math.Min(Falls(13 - chroma, 3, 8), Falls(chroma, 40, 58));
        var byLightness = Math.Min(Falls(30 - lightness, 8, 18), Falls(lightness, 97, 100));
        return byHue * byChroma * byLightness;
    }

    // 1 up to the first value, 0 from the second on.
    private static float Falls(float value, float from, float to) => Math.Clamp((to - value) / (to - from), 0, 1);
}
