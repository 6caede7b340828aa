namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>A mask that may be the subject's, with what spoke for it.</summary>
/// <param name="Mask">True where the subject is, row by row.</param>
/// <param name="Score">Log odds of subject by the cues.</param>
/// <param name="Odds">Log odds of subject by colour, within ±6.</param>
/// <param name="Foreground">The subject's colours in CIE Lab; null when there is nothing to tell apart.</param>
/// <param name="Background">The background's colours; null likewise.</param>
/// <param name="Trust">Added to its estimated quality.</param>
internal sealed record CandidateMask(
    bool[] Mask, Plane Score, Plane Odds, GaussianMixture? Foreground, GaussianMixture? Background, float Trust);
