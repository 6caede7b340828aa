using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.RemoveBackground;

/// <summary>
/// Removes the background of a photograph without a trained model: saliency cues find the subject on a reduced
/// image, GrabCut outlines it, closed-form matting makes the outline soft, and the edge's colours are freed of the
/// background they were mixed with. Deterministic; any size from one pixel.
/// </summary>
public static class BackgroundMatting
{
    /// <summary>Peak memory besides the input picture, in bytes a pixel of it: the matte and the RGBA result.</summary>
    public const int BytesPerPixel = 5;

    /// <summary>Memory that does not grow with the picture, in bytes: the reduced images and the graph.</summary>
    public const long FixedBytes = 160_000_000;

    private const double SegmentPixels = 62_000;
    private const double FocusPixels = 500_000;
    private const double MattingPixels = 420_000;

    /// <summary>Finds the matte and the subject's colours.</summary>
    /// <param name="picture">The photograph; gray pictures and pictures with alpha are welcome.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public static BackgroundMattingResult Run(
        Picture picture, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        cancellationToken.ThrowIfCancellationRequested();
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, MattingPixels);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var opacity = picture.HasAlpha ? AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken) : null;
        if (opacity is not null && IsCutOut(opacity)) return MatteApplication.KeepAlpha(picture, 1);
        progress?.Report(0.1);

        var (smallWidth, smallHeight) = AreaResize.FitPixels(picture.Width, picture.Height, SegmentPixels);
        var small = AreaResize.Shrink(rgb, smallWidth, smallHeight, cancellationToken);
        var (sharpness, detail) = Sharpness(picture, smallWidth, smallHeight, cancellationToken);
        var segmentation = SubjectSegmenter.Segment(small, sharpness, detail, Transparent(opacity, smallWidth, smallHeight), cancellationToken);
        progress?.Report(0.5);
        if (segmentation.IsEmpty) return MatteApplication.KeepAlpha(picture, 0);

        var alpha = MatteRefiner.Refine(rgb, segmentation, small, cancellationToken);
        progress?.Report(0.75);
        var result = MatteApplication.Apply(picture, rgb, alpha, segmentation.Confidence, cancellationToken);
        progress?.Report(1);
        return result;
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

    private static sbyte[]? Transparent(Plane? opacity, int width, int height) =>
        opacity is null ? null : [.. AreaResize.Shrink(opacity, width, height).Data.Select(a => (sbyte)(a < 0.05f ? -1 : 0))];

    private static (Plane Sharpness, Plane Detail) Sharpness(Picture picture, int width, int height, CancellationToken cancellationToken)
    {
        var (focusWidth, focusHeight) = AreaResize.FitPixels(picture.Width, picture.Height, FocusPixels);
        var green = AreaResize.FromPicture(picture, picture.Channels <= 2 ? 0 : 1, focusWidth, focusHeight, cancellationToken);
        return (
            AreaResize.Shrink(SharpnessMap.Compute(green, 8, cancellationToken).Ratio, width, height, cancellationToken),
            AreaResize.Shrink(SharpnessMap.Detail(green, 4, cancellationToken), width, height, cancellationToken));
    }
}

/// <summary>What <see cref="BackgroundMatting"/> found.</summary>
/// <param name="Matte">The subject's alpha, gray, of the photograph's size.</param>
/// <param name="Subject">The photograph with that alpha; edge colours without background, transparent pixels black.</param>
/// <param name="Confidence">How far the result can be trusted, 0–1; below about 0.4 it deserves a look.</param>
public sealed record BackgroundMattingResult(Picture Matte, Picture Subject, double Confidence);
