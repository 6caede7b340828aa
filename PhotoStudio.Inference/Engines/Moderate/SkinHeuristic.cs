using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;

namespace PhotoStudio.Inference.Engines.Moderate;

/// <summary>
/// How much a picture looks as if it showed much bare skin, after Fleck, Forsyth, Bregler, "Finding Naked People" (ECCV 1996): skin colour
/// with little texture, how much of the picture it covers, how much of that hangs together, and whether that has the shape of limbs and
/// torso rather than of a face. It knows nothing of what is shown: sand, wood and close portraits can look alike, so it only asks for a look.
/// </summary>
/// <param name="Score">0–<see cref="Ceiling"/>; at or above <see cref="ReviewScore"/> the picture deserves a look.</param>
/// <param name="SkinShare">The share of the opaque picture that looks like skin, 0–1.</param>
internal sealed record SkinHeuristic(double Score, double SkinShare)
{
    /// <summary>The longest side of the copy it looks at, in pixels.</summary>
    public const int LongestSide = 192;

    /// <summary>The score from which a picture deserves a look.</summary>
    public const double ReviewScore = 0.5;

    /// <summary>The highest score: below any threshold from which something is refused.</summary>
    public const double Ceiling = 0.79;

    private const float SkinLikeness = 0.3f;

    // Skin is smooth beside grass, bark and brick: the local deviation of lightness, in Lab units.
    private const float LargestTexture = 7;

    /// <summary>Looks at a picture whose longest side is at most <see cref="LongestSide"/>.</summary>
    public static SkinHeuristic Of(Picture picture, CancellationToken cancellationToken)
    {
        if (picture.Channels <= 2) return new(0, 0);
        var lab = CieLab.FromSrgb(ColorPlanes.From(picture, cancellationToken), cancellationToken);
        var mask = SkinMask(picture, lab, cancellationToken, out var opaque);
        var skin = mask.Count(isSkin => isSkin);
        if (opaque == 0 || skin == 0) return new(0, 0);

        var (labels, areas) = ConnectedComponents.Label(mask, picture.Width, picture.Height);
        var largest = Array.IndexOf(areas, areas.Max());
        double share = skin / (double)opaque, together = areas[largest] / (double)skin;
        var shape = Shape.Measure(labels, largest, picture.Width);

        // From a seventh of the picture on; a face is one round region with holes for eyes and mouth, at most an upright oval.
        var cover = Math.Clamp((share - 0.15) / 0.2, 0, 1);
        var limbs = 1 - (0.65 * shape.Roundness);
        var score = cover * (0.45 + (0.55 * together)) * limbs;
        return new(Math.Round(Math.Min(Ceiling, score), 3), Math.Round(share, 3));
    }

    private static bool[] SkinMask(Picture picture, ColorPlanes lab, CancellationToken cancellationToken, out int opaque)
    {
        int width = picture.Width, height = picture.Height, radius = Math.Max(1, Math.Min(width, height) / 60);
        var mean = BoxFilter.Mean(lab.C0, radius, cancellationToken);
        var squares = BoxFilter.Mean(lab.C0.Map(l => l * l), radius, cancellationToken);
        var mask = new bool[width * height];
        opaque = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            if (picture.HasAlpha && picture.Samples[(i * picture.Channels) + 3] < 128) continue;
            opaque++;
            var deviation = MathF.Sqrt(Math.Max(0, squares.Data[i] - (mean.Data[i] * mean.Data[i])));
            mask[i] = deviation < LargestTexture && SkinTone.Likeness(lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]) > SkinLikeness;
        }

        return mask;
    }

    /// <summary>A region's shape.</summary>
    /// <param name="Roundness">1 for a disc or a face's oval, towards 0 for what is long, bent or branched.</param>
    private readonly record struct Shape(double Roundness)
    {
        public static Shape Measure(int[] labels, int label, int width)
        {
            double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i] != label) continue;
                int px = i % width, py = i / width;
                n++;
                x += px;
                y += py;
                xx += (double)px * px;
                yy += (double)py * py;
                xy += (double)px * py;
            }

            double varianceX = (xx / n) - (x / n * x / n) + (1 / 12.0), varianceY = (yy / n) - (y / n * y / n) + (1 / 12.0);
            var covariance = (xy / n) - (x / n * y / n);
            var spread = Math.Sqrt(Math.Pow((varianceX - varianceY) / 2, 2) + (covariance * covariance));
            double major = ((varianceX + varianceY) / 2) + spread, minor = Math.Max(1e-6, ((varianceX + varianceY) / 2) - spread);

            // An ellipse has the area 4π√(major·minor); holes and branches leave less of it filled. A face is up to 1.6 times as high as wide.
            var filled = Math.Min(1, n / (4 * Math.PI * Math.Sqrt(major * minor)));
            var length = Math.Sqrt(major / minor);
            return new(Math.Clamp((filled - 0.6) / 0.3, 0, 1) * Math.Clamp((2.2 - length) / 0.6, 0, 1));
        }
    }
}
