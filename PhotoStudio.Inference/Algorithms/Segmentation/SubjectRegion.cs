namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>A subject's mask at a reduced size.</summary>
/// <param name="Mask">True where the subject is, row by row.</param>
/// <param name="Confidence">How far the mask can be trusted, 0–1.</param>
/// <param name="Foreground">The subject's colours in CIE Lab; null when there is nothing to tell apart.</param>
/// <param name="Background">The background's colours; null likewise.</param>
internal sealed record SubjectRegion(
    bool[] Mask, float Confidence, GaussianMixture? Foreground, GaussianMixture? Background)
{
    /// <summary>Whether the mask shows no subject: nothing, or all of the picture.</summary>
    public bool IsEmpty => !Mask.Contains(true) || !Mask.Contains(false);

    /// <summary>Log odds of subject by an sRGB colour, 0–1.</summary>
    public float ColorOdds(float red, float green, float blue)
    {
        if (Foreground is null || Background is null) return 0;
        var (l, a, b) = CieLab.FromSrgb(red, green, blue);
        return Foreground.LogDensity(l, a, b) - Background.LogDensity(l, a, b);
    }
}
