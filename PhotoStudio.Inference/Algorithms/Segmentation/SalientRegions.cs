using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>Something that stands out in a picture.</summary>
/// <param name="X">Left edge of its box, as a share of the picture's width.</param>
/// <param name="Y">Upper edge, as a share of the height.</param>
/// <param name="Width">Width as a share of the picture's.</param>
/// <param name="Height">Height as a share of the picture's.</param>
/// <param name="Score">How clearly it stands out, 0–1.</param>
internal sealed record SalientRegion(double X, double Y, double Width, double Height, double Score);

/// <summary>
/// Finds what stands out in a picture, as boxes and without knowing what it is: the cues of <see cref="SubjectCues"/> on superpixels,
/// outlined by one GrabCut, split into what hangs together. Unlike <see cref="SubjectSegmenter"/> it keeps every island, not the subject alone.
/// </summary>
internal static class SalientRegions
{
    /// <summary>Memory that does not grow with the picture, in bytes: the reduced images and the graph.</summary>
    public const long FixedBytes = SubjectMask.FixedBytes;

    private const double WorkPixels = 62_000;
    private const double FocusPixels = 500_000;
    private const int SmallestSide = 8;
    private const double SmallestShare = 0.004;
    private const float PriorLimit = 4;
    private const float OddsBias = -0.2f;

    // Of the smaller of two boxes so much inside the larger makes them one thing: a wheel and its car.
    private const double SameThing = 0.7;

    // Root mean square difference of neighbours, in Lab units, below which nothing can stand out.
    private const float LeastContrast = 0.3f;

    /// <summary>Finds regions, the clearest first.</summary>
    /// <param name="picture">The picture; gray ones and ones with alpha are welcome.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public static IReadOnlyList<SalientRegion> Find(Picture picture, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, WorkPixels);
        if (Math.Min(width, height) < SmallestSide) return [];
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var lab = CieLab.FromSrgb(rgb, cancellationToken);
        var cut = new GrabCut(lab);
        var opacity = picture.HasAlpha ? AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken) : null;
        if (cut.Contrast < LeastContrast && opacity is null) return [];
        progress?.Report(0.2);

        var regions = SlicSuperpixels.Compute(lab, 400, 12, 6, cancellationToken);
        var cues = SubjectCues.LogOdds(lab, regions, Sharpness(picture, width, height, cancellationToken), hueWeight: 0.5f, freeFrame: false, cancellationToken);
        var odds = GuidedFilter.Fit(rgb, regions.Spread(cues), 4, 0.001f, null, cancellationToken).Apply(rgb)
            .Map(value => value + OddsBias, cancellationToken);
        progress?.Report(0.6);

        sbyte[]? transparent = opacity is null ? null : [.. opacity.Data.Select(alpha => (sbyte)(alpha < 0.05f ? -1 : 0))];
        var prior = odds.Map(value => Math.Clamp(value, -PriorLimit, PriorLimit), cancellationToken);
        var mask = cut.Run(odds.Map(MaskQuality.Sigmoid, cancellationToken), prior, transparent, new GrabCutOptions(), cancellationToken).Mask;
        progress?.Report(0.95);
        return Boxes(mask, odds, width, height);
    }

    private static List<SalientRegion> Boxes(bool[] mask, Plane odds, int width, int height)
    {
        var (labels, areas) = ConnectedComponents.Label(mask, width, height);
        var boxes = Enumerable.Range(0, areas.Length).Select(_ => (Left: width, Top: height, Right: -1, Bottom: -1)).ToArray();
        var sums = new double[areas.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            ref var box = ref boxes[labels[i]];
            int x = i % width, y = i / width;
            box = (Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x), Math.Max(box.Bottom, y));
            sums[labels[i]] += MaskQuality.Sigmoid(odds.Data[i]);
        }

        var found = Enumerable.Range(1, areas.Length - 1)
            .Where(label => areas[label] >= SmallestShare * mask.Length && areas[label] < mask.Length)
            .Select(label => new SalientRegion(
                boxes[label].Left / (double)width,
                boxes[label].Top / (double)height,
                (boxes[label].Right - boxes[label].Left + 1) / (double)width,
                (boxes[label].Bottom - boxes[label].Top + 1) / (double)height,
                Math.Round(sums[label] / areas[label], 3)))
            .OrderByDescending(region => region.Width * region.Height)
            .ThenBy(region => region.X)
            .ToList();
        var kept = new List<SalientRegion>();
        foreach (var region in found)
            if (!kept.Any(larger => Shared(larger, region) > SameThing * region.Width * region.Height)) kept.Add(region);
        return [.. kept.OrderByDescending(region => region.Score).ThenByDescending(region => region.Width * region.Height).ThenBy(region => region.X)];
    }

    private static double Shared(SalientRegion one, SalientRegion other)
    {
        var width = Math.Min(one.X + one.Width, other.X + other.Width) - Math.Max(one.X, other.X);
        var height = Math.Min(one.Y + one.Height, other.Y + other.Height) - Math.Max(one.Y, other.Y);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }

    private static Plane Sharpness(Picture picture, int width, int height, CancellationToken cancellationToken)
    {
        var (focusWidth, focusHeight) = AreaResize.FitPixels(picture.Width, picture.Height, FocusPixels);
        var green = AreaResize.FromPicture(picture, picture.Channels <= 2 ? 0 : 1, focusWidth, focusHeight, cancellationToken);
        return AreaResize.Shrink(SharpnessMap.Compute(green, 8, cancellationToken).Ratio, width, height, cancellationToken);
    }
}
