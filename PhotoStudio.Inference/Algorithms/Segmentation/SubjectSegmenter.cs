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

/// <summary>
/// Finds the subject of a reduced photograph. Several readings of the cues (with and without the colours of nature,
/// more or less generous, with parts of the frame given to the subject) are each turned into a mask by GrabCut; the
/// mask of the best quality wins.
/// </summary>
internal static class SubjectSegmenter
{
    private const float HoleEvidence = -1.5f;

    // Below this confidence, and with so much of the frame like the middle, a subject that fills the frame is considered.
    private const float Unsure = 0.62f;
    private const float FrameLikeMiddle = 0.8f;
    private const float PriorLimit = 4;

    // Intersection over union of the mask in focus with what is in focus.
    private const float LeastAgreement = 0.6f;

    // Log odds of the surest part of a body below a face: more than colours can say against it.
    private const float BodyWeight = 9;

    // The plain reading comes first and is preferred when another is not clearly better.
    private const float PlainBonus = 0.03f;
    private static readonly GrabCutOptions Cuts = new(Smoothness: 25);
    private static readonly Reading[] Readings =
    [
        new(HueWeight: 1, FreeFrame: false, Bias: -0.2f),
        new(HueWeight: 0, FreeFrame: false, Bias: -0.7f),
        new(HueWeight: 1, FreeFrame: false, Bias: -1.2f),
        new(HueWeight: 0.3f, FreeFrame: true, Bias: 0.3f),
    ];

    // A shallow depth of field outweighs every other cue.
    private static readonly Reading InFocus = new(HueWeight: 0, FreeFrame: false, Bias: 0, FocusWeight: 0.8f);

    /// <summary>Segments a reduced photograph.</summary>
    /// <param name="rgb">The photograph, sRGB 0–1.</param>
    /// <param name="sharpness">Its sharpness at the same size, from <see cref="SharpnessMap"/>.</param>
    /// <param name="detail">Its fine detail at the same size, from <see cref="SharpnessMap.Detail"/>.</param>
    /// <param name="fixedPixels">−1 where a pixel is known to be background, otherwise 0; null when nothing is known.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SubjectRegion Segment(
        ColorPlanes rgb, Plane sharpness, Plane detail, sbyte[]? fixedPixels, CancellationToken cancellationToken)
    {
        var lab = CieLab.FromSrgb(rgb, cancellationToken);
        var regions = SlicSuperpixels.Compute(lab, 400, 12, 6, cancellationToken);
        var cut = new GrabCut(lab);
        var split = FocusSplit.Find(detail, regions);
        var readings = split.Clarity > 0 ? [.. Readings, InFocus] : Readings;
        var found = new SubjectRegion[readings.Length];
        RowBands.ForEach(
            readings.Length,
            n => found[n] = Segment(rgb, lab, regions, sharpness, split, fixedPixels, cut, readings[n], cancellationToken),
            cancellationToken);
        if (split.Clarity > 0 && Agrees(found[^1].Mask, split, regions)) return found[^1];
        found = found[..Readings.Length];
        var best = found[0];
        for (var n = 1; n < found.Length; n++)
            if (found[n].Confidence > best.Confidence + (best == found[0] ? PlainBonus : 0)) best = found[n];
        return best.Confidence < Unsure && Fills(found[^1], best) && SubjectCues.FrameLikeMiddle(lab, regions) > FrameLikeMiddle
            ? found[^1]
            : best;
    }

    // Whether a mask is about what is in focus: else colours or smoothness overruled it, and the split is not the subject's.
    private static bool Agrees(bool[] mask, FocusSplit split, SlicSuperpixels regions)
    {
        int both = 0, any = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var sharp = split.LogOdds[regions.Labels[i]] > 0;
            if (mask[i] && sharp) both++;
            if (mask[i] || sharp) any++;
        }

        return both > LeastAgreement * any;
    }

    // When nothing is sure, a subject that fills the frame is likely: the reading that allows it then holds all that the
    // other found, and more.
    private static bool Fills(SubjectRegion wide, SubjectRegion narrow)
    {
        int both = 0, inNarrow = 0, inWide = 0;
        for (var i = 0; i < narrow.Mask.Length; i++)
        {
            if (narrow.Mask[i]) inNarrow++;
            if (wide.Mask[i]) inWide++;
            if (narrow.Mask[i] && wide.Mask[i]) both++;
        }

        return inNarrow > 0.08 * narrow.Mask.Length && both > 0.95 * inNarrow && inWide < 0.8 * wide.Mask.Length
            && wide.Confidence > narrow.Confidence - 0.16f;
    }

    private static SubjectRegion Segment(
        ColorPlanes rgb, ColorPlanes lab, SlicSuperpixels regions, Plane sharpness, FocusSplit split, sbyte[]? fixedPixels, GrabCut cut,
        Reading reading, CancellationToken cancellationToken)
    {
        var cues = SubjectCues.LogOdds(lab, regions, sharpness, reading.HueWeight, reading.FreeFrame, cancellationToken);
        for (var k = 0; k < cues.Length; k++) cues[k] += reading.FocusWeight * (split.LogOdds[k] - cues[k]);
        var score = GuidedFilter.Fit(rgb, regions.Spread(cues), 4, 0.001f, null, cancellationToken).Apply(rgb);
        for (var i = 0; i < score.Data.Length; i++) score.Data[i] += reading.Bias;
        var body = PortraitPrior.Find(lab, score);
        var prior = score.Map(v => Math.Clamp(v, -PriorLimit, PriorLimit));
        for (var i = 0; body is not null && i < prior.Data.Length; i++)
        {
            prior.Data[i] += BodyWeight * body.Data[i];
            score.Data[i] += body.Data[i] * (Math.Max(score.Data[i], 3.5f) - score.Data[i]);
        }

        var result = cut.Run(score.Map(MaskQuality.Sigmoid), prior, fixedPixels, Cuts, cancellationToken);
        var mask = Tidy(result.Mask, result.Odds, score, reading.Bias);
        return new(mask, MaskQuality.Estimate(mask, score, result.Odds, lab), result.Foreground, result.Background);
    }

    // Drops islands that are small beside the largest part, and fills holes that do not look like background.
    private static bool[] Tidy(bool[] mask, Plane odds, Plane score, float bias)
    {
        int width = odds.Width, height = odds.Height;
        var result = (bool[])mask.Clone();
        var (labels, areas) = ConnectedComponents.Label(mask, width, height);
        if (areas.Length == 1) return result;
        var weights = new double[areas.Length];
        for (var i = 0; i < mask.Length; i++) weights[labels[i]] += Math.Clamp(score.Data[i] + 1, 0, 4);
        weights[0] = 0;
        var heaviest = weights.Max();
        for (var i = 0; i < mask.Length; i++)
            if (mask[i] && weights[labels[i]] < 0.06 * heaviest) result[i] = false;

        var total = result.Count(m => m);
        var (holes, holeAreas) = ConnectedComponents.Label(result, width, height, value: false);
        var evidence = new double[holeAreas.Length];
        var touches = new bool[holeAreas.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            evidence[holes[i]] += (0.12f * odds.Data[i]) + score.Data[i] - bias;
            int x = i % width, y = i / width;
            if (x == 0 || y == 0 || x == width - 1 || y == height - 1) touches[holes[i]] = true;
        }

        for (var i = 0; i < mask.Length; i++)
        {
            var hole = holes[i];
            if (result[i] || touches[hole]) continue;
            if (holeAreas[hole] < Math.Max(6, 0.002 * total) || evidence[hole] / holeAreas[hole] > HoleEvidence) result[i] = true;
        }

        return result;
    }

    /// <summary>One reading of the cues.</summary>
    /// <param name="HueWeight">How much the colours of nature's backgrounds count, 0–1.</param>
    /// <param name="FreeFrame">Whether frame that looks like the middle of the picture may be subject.</param>
    /// <param name="Bias">Added to the log odds.</param>
    /// <param name="FocusWeight">How much of the evidence is focus alone, 0–1.</param>
    private sealed record Reading(float HueWeight, bool FreeFrame, float Bias, float FocusWeight = 0);
}
