using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>What is known of a reduced photograph before its subject is looked for.</summary>
/// <param name="Rgb">The photograph, sRGB 0–1.</param>
/// <param name="Lab">The same in CIE Lab.</param>
/// <param name="Regions">Its superpixels.</param>
/// <param name="Sharpness">Its sharpness, from <see cref="SharpnessMap"/>.</param>
/// <param name="Edges">Its edges in focus.</param>
/// <param name="Focus">What of it is in focus.</param>
/// <param name="Texture">What of it is calmer than its frame.</param>
/// <param name="FixedPixels">−1 where a pixel is known to be background, otherwise 0; null when nothing is known.</param>
internal sealed record SubjectEvidence(
    ColorPlanes Rgb, ColorPlanes Lab, SlicSuperpixels Regions, Plane Sharpness, SharpEdges Edges, FocusSplit Focus,
    TextureSplit Texture, sbyte[]? FixedPixels)
{
    private const double SegmentPixels = 62_000;
    private const double FocusPixels = 500_000;

    private readonly Lazy<(Plane Odds, Plane Hue)> strict = new(() => Cues(Rgb, Lab, Regions, Sharpness, freeFrame: false));
    private readonly Lazy<(Plane Odds, Plane Hue)> free = new(() => Cues(Rgb, Lab, Regions, Sharpness, freeFrame: true));

    /// <summary>
    /// Each pixel's log odds of subject by <see cref="SubjectCues"/>, and what the colours of nature's backgrounds add to them.
    /// </summary>
    /// <param name="freeFrame">Whether frame that looks like the middle of the picture may be subject.</param>
    public (Plane Odds, Plane Hue) Cues(bool freeFrame) => (freeFrame ? free : strict).Value;

    /// <summary>Gathers the evidence.</summary>
    /// <param name="picture">The photograph.</param>
    /// <param name="rgb">The photograph at the size matting works at, sRGB 0–1.</param>
    /// <param name="opacity">Its own alpha at that size; null when it has none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SubjectEvidence Gather(Picture picture, ColorPlanes rgb, Plane? opacity, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, SegmentPixels);
        var small = AreaResize.Shrink(rgb, width, height, cancellationToken);
        var (focusWidth, focusHeight) = AreaResize.FitPixels(picture.Width, picture.Height, FocusPixels);
        var sharp = focusWidth == rgb.Width && focusHeight == rgb.Height
            ? rgb
            : ColorPlanes.From(picture, focusWidth, focusHeight, cancellationToken);
        var sharpness = AreaResize.Shrink(SharpnessMap.Compute(sharp.C1, 8, cancellationToken).Ratio, width, height, cancellationToken);
        var edges = SharpEdges.Find(sharp, width, height, cancellationToken);
        var focus = FocusSplit.Find(edges, focusWidth / (float)width, cancellationToken);
        var lab = CieLab.FromSrgb(small, cancellationToken);
        return new(
            small, lab, SlicSuperpixels.Compute(lab, 400, 12, 6, cancellationToken), sharpness, edges, focus,
            TextureSplit.Find(edges, cancellationToken),
            opacity is null ? null : Transparent(opacity, width, height));
    }

    // The superpixels' odds, carried along the photograph's edges.
    private static (Plane Odds, Plane Hue) Cues(ColorPlanes rgb, ColorPlanes lab, SlicSuperpixels regions, Plane sharpness, bool freeFrame)
    {
        var (odds, hue) = SubjectCues.Find(lab, regions, sharpness, freeFrame, CancellationToken.None);
        return (Smooth(odds), Smooth(hue));

        Plane Smooth(float[] values) => GuidedFilter.Fit(rgb, regions.Spread(values), 4, 0.001f).Apply(rgb);
    }

    private static sbyte[] Transparent(Plane opacity, int width, int height) =>
        [.. AreaResize.Shrink(opacity, width, height).Data.Select(a => (sbyte)(a < 0.05f ? -1 : 0))];
}
