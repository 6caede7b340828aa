using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// The subject of a photograph, found without a trained model: saliency cues find it on a reduced image, GrabCut
/// outlines it, closed-form matting makes the outline soft. Deterministic; any size from one pixel.
/// </summary>
/// <remarks>
/// For the subject itself, cut out with its own colours, see <see cref="SubjectCutout"/>.
/// </remarks>
public sealed class SubjectMask
{
    /// <summary>Memory that does not grow with the picture, in bytes: the reduced images and the graph.</summary>
    public const long FixedBytes = 160_000_000;

    private const double MattingPixels = 420_000;

    private SubjectMask(Plane alpha, ColorPlanes colors, double confidence, bool isOwnAlpha) =>
        (Alpha, Colors, Confidence, IsOwnAlpha) = (alpha, colors, confidence, isOwnAlpha);

    /// <summary>
    /// The subject's alpha, 0–1, at a reduced size of the picture's proportions with at most about 420,000 pixels.
    /// Unless <see cref="IsOwnAlpha"/>, the picture's own transparency is not in it.
    /// </summary>
    public Plane Alpha { get; }

    /// <summary>The picture's colours, sRGB 0–1, of the size of <see cref="Alpha"/>.</summary>
    public ColorPlanes Colors { get; }

    /// <summary>How far the alpha can be trusted, 0–1: the expected intersection over union with the true subject.</summary>
    public double Confidence { get; }

    /// <summary>
    /// Whether the picture's own alpha is the mask: its background was removed already (confidence 1), or nothing in
    /// it stands out and all of it is kept (confidence 0).
    /// </summary>
    public bool IsOwnAlpha { get; }

    /// <summary>Finds the subject.</summary>
    /// <param name="picture">The photograph; gray pictures and pictures with alpha are welcome.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public static SubjectMask Find(Picture picture, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        cancellationToken.ThrowIfCancellationRequested();
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, MattingPixels);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var opacity = picture.HasAlpha ? AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken) : null;
        if (opacity is not null && IsCutOut(opacity)) return new(opacity, rgb, 1, isOwnAlpha: true);
        progress?.Report(0.1);

        var evidence = SubjectEvidence.Gather(picture, rgb, opacity, cancellationToken);
        progress?.Report(0.2);
        var region = SubjectSegmenter.Segment(evidence, cancellationToken);
        progress?.Report(0.6);
        if (region.IsEmpty) return new(opacity ?? new Plane(width, height).Map(_ => 1, cancellationToken), rgb, 0, isOwnAlpha: true);

        var alpha = MatteRefiner.Refine(rgb, region, evidence.Rgb, cancellationToken);
        progress?.Report(1);
        return new(alpha, rgb, region.Confidence, isOwnAlpha: false);
    }

    /// <summary>The mask of a picture whose background was removed already; null for any other.</summary>
    public static SubjectMask? OwnAlpha(Picture picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!picture.HasAlpha) return null;
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, MattingPixels);
        var opacity = AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken);
        return IsCutOut(opacity) ? new(opacity, ColorPlanes.From(picture, width, height, cancellationToken), 1, isOwnAlpha: true) : null;
    }

    /// <summary>
    /// A subject that a network found: its outline, which is as coarse as the network's output, is drawn to the photograph's edges by a
    /// guided filter.
    /// </summary>
    /// <param name="picture">The photograph.</param>
    /// <param name="saliency">How much each part of it belongs to the subject, 0–1; any size, stretched over the photograph.</param>
    /// <param name="certainty">How sure the network is that there is a subject at all, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public static SubjectMask Of(Picture picture, Plane saliency, double certainty, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(saliency);
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, MattingPixels);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var coarse = width <= saliency.Width && height <= saliency.Height
            ? AreaResize.Shrink(saliency, width, height, cancellationToken)
            : AreaResize.Bilinear(saliency, width, height, cancellationToken);
        var alpha = SaliencyRefiner.Refine(rgb, coarse, Math.Max((float)width / saliency.Width, (float)height / saliency.Height), cancellationToken);
        return new(alpha, rgb, certainty * SaliencyRefiner.Decision(coarse), isOwnAlpha: false);
    }

    // A picture whose frame is mostly transparent has had its background removed already.
    private static bool IsCutOut(Plane opacity)
    {
        int transparent = 0, all = 0;
        for (var y = 0; y < opacity.Height; y++)
        {
            for (var x = 0; x < opacity.Width; x++)
            {
                if (x > 0 && y > 0 && x < opacity.Width - 1 && y < opacity.Height - 1) continue;
                all++;
                if (opacity[x, y] < 0.05f) transparent++;
            }
        }

        return transparent > 0.6 * all;
    }
}
