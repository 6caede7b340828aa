namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>One way of weighing the evidence for a subject; GrabCut turns it into a mask.</summary>
/// <param name="HueWeight">How much the colours of nature's backgrounds count, 0–1.</param>
/// <param name="FreeFrame">Whether frame that looks like the middle of the picture may be subject.</param>
/// <param name="Bias">Added to the log odds.</param>
/// <param name="CueWeight">How much the saliency cues count.</param>
/// <param name="FocusWeight">How much being in focus counts; sharp edges alone bound the mask when it does.</param>
/// <param name="TextureWeight">How much being calmer than the frame counts.</param>
/// <param name="Trust">How much better, as intersection over union, its masks are than they look.</param>
internal sealed record SubjectReading(float HueWeight, bool FreeFrame, float Bias, float CueWeight = 1, float FocusWeight = 0,
    float TextureWeight = 0, float Trust = 0)
{
    private const float PriorLimit = 4;

    // Log odds of the surest part of a body below a face: more than colours can say against it.
    private const float BodyWeight = 9;

    // Log odds of being in focus from which colours are learnt; the share of a pixel's neighbours for which the same holds
    // where it is not on the outline; and the share of such pixels below which all are taken.
    private const float Sure = 0.75f, Deep = 0.9f, LeastDeep = 0.15f;

    private static readonly GrabCutOptions Cuts = new(Smoothness: 25);

    // Where focus tells subject from background, colours and smoothness only follow.
    private static readonly GrabCutOptions FocusCuts = new(Smoothness: 12, ColorLimit: 3);

    /// <summary>Finds the mask.</summary>
    /// <param name="evidence">What is known of the photograph.</param>
    /// <param name="cut">Cuts along all edges.</param>
    /// <param name="sharpCut">Cuts along sharp edges; used when focus counts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public CandidateMask Segment(SubjectEvidence evidence, GrabCut cut, GrabCut? sharpCut, CancellationToken cancellationToken)
    {
        var score = Score(evidence);
        var body = CueWeight > 0 ? PortraitPrior.Find(evidence.Lab, score) : null;
        var prior = score.Map(v => Math.Clamp(v, -PriorLimit, PriorLimit), cancellationToken);
        for (var i = 0; body is not null && i < prior.Data.Length; i++)
        {
            prior.Data[i] += BodyWeight * body.Data[i];
            score.Data[i] += body.Data[i] * (Math.Max(score.Data[i], 3.5f) - score.Data[i]);
        }

        var result = (FocusWeight > 0 ? sharpCut! : cut).Run(
            FocusWeight > 0 ? Decided(score, cancellationToken) : score.Map(MaskQuality.Sigmoid, cancellationToken), prior, evidence.FixedPixels,
            FocusWeight > 0 ? FocusCuts : Cuts, cancellationToken);
        var mask = MaskTidying.Tidy(result.Mask, result.Odds, score, Bias, FocusWeight > 0);
        return new(mask, score, result.Odds, result.Foreground, result.Background, Trust);
    }

    // Focus is sure of itself or silent: smooth pixels within sharp outlines may be a hole as well as the subject, and
    // background along them is taken for sharp. The colours of both are held against what the rest teaches.
    private static Plane Decided(Plane score, CancellationToken cancellationToken)
    {
        var inside = BoxFilter.Mean(score.Map(v => v > Sure ? 1 : 0, cancellationToken), FocusSplit.DetailRadius, cancellationToken);
        float all = 0, deep = 0;
        for (var i = 0; i < score.Data.Length; i++)
        {
            if (score.Data[i] <= Sure) continue;
            all++;
            if (inside.Data[i] > Deep) deep++;
        }

        var least = deep > LeastDeep * all ? Deep : 0;
        var result = new Plane(score.Width, score.Height);
        for (var i = 0; i < score.Data.Length; i++)
            result.Data[i] = score.Data[i] < -Sure ? 0 : score.Data[i] > Sure && inside.Data[i] > least ? 1 : -1;
        return result;
    }

    private Plane Score(SubjectEvidence evidence)
    {
        var score = evidence.Focus.LogOdds.Map(odds => (FocusWeight * odds) + Bias);
        for (var i = 0; TextureWeight > 0 && i < score.Data.Length; i++) score.Data[i] += TextureWeight * evidence.Texture.LogOdds.Data[i];
        if (CueWeight == 0) return score;
        var (cues, hue) = evidence.Cues(FreeFrame);
        for (var i = 0; i < score.Data.Length; i++) score.Data[i] += CueWeight * (cues.Data[i] + (HueWeight * hue.Data[i]));
        return score;
    }
}
