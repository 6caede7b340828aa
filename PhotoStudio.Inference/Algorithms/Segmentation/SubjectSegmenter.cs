namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Finds the subject of a reduced photograph. Several readings of the evidence (with and without the colours of nature,
/// more or less generous, with parts of the frame given to the subject, by what is in focus, by what is calmer than a
/// busy frame) are each turned into a mask by GrabCut; the mask of the best quality wins, and parts of it that look like
/// the background around them are taken out.
/// </summary>
internal static class SubjectSegmenter
{
    // Below this quality, with so much of the frame like the middle, and with an outline through what is smooth, a subject
    // that fills the frame is looked for.
    private const float Unsure = 0.58f;
    private const float FrameLikeMiddle = 0.8f;
    private const double SharpOutline = 0.9;

    // What such a subject covers of the picture, and of the mask found before.
    private const double LeastFilled = 0.35, MostFilled = 0.92, LeastHeld = 0.9;

    private static readonly SubjectReading[] Readings =
    [
        new(HueWeight: 1, FreeFrame: false, Bias: -0.2f),
        new(HueWeight: 0, FreeFrame: false, Bias: -0.7f),
        new(HueWeight: 1, FreeFrame: false, Bias: -1.2f),
        new(HueWeight: 0.3f, FreeFrame: true, Bias: 0.3f),
    ];

    private static readonly SubjectReading[] FocusReadings =
    [
        new(HueWeight: 0, FreeFrame: false, Bias: 0, CueWeight: 0, FocusWeight: 1, Trust: 0.135f),
        new(HueWeight: 0.5f, FreeFrame: false, Bias: -0.5f, CueWeight: 0.7f, FocusWeight: 0.7f, Trust: 0.131f),
    ];

    private static readonly SubjectReading CalmReading =
        new(HueWeight: 0, FreeFrame: false, Bias: 0, CueWeight: 0.5f, TextureWeight: 1.5f);

    private static readonly SubjectReading FillingReading = new(HueWeight: 0, FreeFrame: true, Bias: 1.5f);

    /// <summary>Finds the subject.</summary>
    /// <param name="evidence">What is known of the photograph.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SubjectRegion Segment(SubjectEvidence evidence, CancellationToken cancellationToken)
    {
        var readings = evidence.Focus.IsClear ? [.. Readings, .. FocusReadings]
            : evidence.Texture.IsClear ? [.. Readings, CalmReading]
            : Readings;
        var cut = new GrabCut(evidence.Lab);
        var sharpCut = evidence.Focus.IsClear ? new GrabCut(evidence.Lab, evidence.Edges.Share) : null;
        var found = new CandidateMask[readings.Length];
        RowBands.ForEach(
            readings.Length, n => found[n] = readings[n].Segment(evidence, cut, sharpCut, cancellationToken), cancellationToken);
        var qualities = found.Select(candidate => MaskQuality.Estimate(candidate, found, evidence)).ToArray();
        var best = Array.IndexOf(qualities, qualities.Max());
        var chosen = found[best];
        if (qualities[best] - chosen.Trust < Unsure && MaskQuality.SharpOutlineShare(chosen.Mask, evidence) < SharpOutline
            && SubjectCues.FrameLikeMiddle(evidence.Lab, evidence.Regions) > FrameLikeMiddle)
        {
            var filling = FillingReading.Segment(evidence, cut, null, cancellationToken);
            if (Fills(filling.Mask, chosen.Mask)) chosen = filling;
        }

        var mask = PartPruning.Apply(chosen.Mask, evidence, cancellationToken);
        return new(mask, qualities[best], chosen.Foreground, chosen.Background);
    }

    // A subject that fills the frame holds what the other readings found of it, and leaves some background.
    private static bool Fills(bool[] wide, bool[] narrow)
    {
        int both = 0, inNarrow = 0, inWide = 0;
        for (var i = 0; i < narrow.Length; i++)
        {
            if (narrow[i]) inNarrow++;
            if (wide[i]) inWide++;
            if (narrow[i] && wide[i]) both++;
        }

        return inWide > LeastFilled * wide.Length && inWide < MostFilled * wide.Length && both > LeastHeld * inNarrow;
    }
}
