namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Cuts from a mask what it took in of the background beside the subject or enclosed by it. Saliency is left out:
/// colour mixtures learnt from the mask's depth and from all outside it are cut again (Rother, Kolmogorov, Blake,
/// "GrabCut", SIGGRAPH 2004), and only the pixels near the mask's medial axis keep a bonus. The mask may only shrink, and the
/// result is taken only where both colours tell clearly apart what is kept and what goes.
/// </summary>
internal static class ColorRecut
{
    // Share of the greatest depth from which a pixel is a full sample of the subject, and what the outline counts.
    private const float FullDepth = 0.5f;
    private const float OutlineWeight = 0.1f;

    // What has to hold of the result: the share of the mask kept, the share of that whose colour is the subject's, and the
    // mean log odds of what is removed and of what is kept.
    private const double LeastKept = 0.5;
    private const double LeastSure = 0.9;
    private const double RemovedOdds = -4.5;
    private const double KeptOdds = 2;
    private static readonly GrabCutOptions Cuts = new();

    /// <summary>Cuts a mask again.</summary>
    /// <param name="segmentation">The mask; returned as it is when colours do not tell enough.</param>
    /// <param name="rgb">The photograph at the mask's size, sRGB 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SubjectRegion Apply(SubjectRegion segmentation, ColorPlanes rgb, CancellationToken cancellationToken)
    {
        if (segmentation.IsEmpty) return segmentation;
        int width = rgb.Width, height = rgb.Height;
        var mask = segmentation.Mask;
        var outside = Array.ConvertAll(mask, value => !value);
        var depth = DistanceTransform.Euclidean(outside, width, height, cancellationToken);
        var full = FullDepth * depth.Data.Max();
        Plane probability = new(width, height), prior = new(width, height);
        var fixedPixels = new sbyte[mask.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            fixedPixels[i] = (sbyte)(mask[i] ? 0 : -1);
            if (!mask[i]) continue;
            prior.Data[i] = Math.Min(1, depth.Data[i] / full);
            probability.Data[i] = OutlineWeight + ((1 - OutlineWeight) * prior.Data[i]);
        }

        var result = new GrabCut(CieLab.FromSrgb(rgb, cancellationToken)).Run(probability, prior, fixedPixels, Cuts, cancellationToken);
        return IsClear(mask, result)
            ? segmentation with { Mask = result.Mask, Foreground = result.Foreground, Background = result.Background }
            : segmentation;
    }

    private static bool IsClear(bool[] mask, GrabCutResult result)
    {
        int kept = 0, removed = 0, sure = 0;
        double keptOdds = 0, removedOdds = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            if (!mask[i]) continue;
            var odds = result.Odds.Data[i];
            if (result.Mask[i])
            {
                kept++;
                keptOdds += odds;
                if (odds > 0) sure++;
            }
            else
            {
                removed++;
                removedOdds += odds;
            }
        }

        return removed > 0 && kept >= LeastKept * (kept + removed) && sure >= LeastSure * kept
            && removedOdds <= RemovedOdds * removed && keptOdds >= KeptOdds * kept;
    }
}
