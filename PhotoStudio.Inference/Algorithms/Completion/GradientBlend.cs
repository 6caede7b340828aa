using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// Copies every hole pixel from its origin so that gradients are kept and seams vanish: a Poisson equation whose guidance is the
/// gradient of what was copied (Pérez, Gangnet, Blake, "Poisson Image Editing", SIGGRAPH 2003; Pritch, Kav-Venaki, Peleg, "Shift-Map
/// Image Editing", ICCV 2009).
/// </summary>
internal static class GradientBlend
{
    // Differences, in levels, up to which copy and border are taken for the same surface, and from which for an edge.
    private const float SameSurface = 12;
    private const float Edge = 40;
    private const int SeamReach = 3;
    private const float WeakestLink = 0.001f;

    /// <summary>Computes the hole's pixels.</summary>
    /// <param name="image">The pixels; of the hole none are read.</param>
    /// <param name="hole">What is filled.</param>
    /// <param name="origins">For every hole pixel a known pixel it is copied from, or -1 to take <paramref name="fallback"/>.</param>
    /// <param name="isKnown">Whether a pixel may be read.</param>
    /// <param name="fallback">Colours for pixels without origin.</param>
    /// <param name="screening">How strongly the copy's own colours are kept; the correction at a border fades over about 1/√screening pixels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Colours by pixel, 0–255 and not clamped; meaningful in the hole only.</returns>
    public static Vector4[] Blend(
        PatchImage image, PixelMask hole, int[] origins, Func<int, bool> isKnown, Vector4[] fallback, float screening, CancellationToken cancellationToken)
    {
        int width = image.Width, height = image.Height;
        var copy = new Vector4[width * height];
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
                copy[i] = !hole.Data[i] ? Read(image, i) : origins[i] >= 0 ? Read(image, origins[i]) : fallback[i];
        }, cancellationToken);

        var weights = (Right: Links(1), Below: Links(width));
        var guide = new Vector4[copy.Length];
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
            {
                if (!hole.Data[i]) continue;
                var x = i % width;
                var sum = Vector4.Zero;
                if (x + 1 < width) sum += weights.Right[i] * Excess(i, i + 1);
                if (x > 0) sum += weights.Right[i - 1] * Excess(i, i - 1);
                if (i + width < copy.Length) sum += weights.Below[i] * Excess(i, i + width);
                if (i >= width) sum += weights.Below[i - width] * Excess(i, i - width);
                guide[i] = sum;
            }
        }, cancellationToken);

        var solver = new PoissonSolver(hole, (i, below) => below ? weights.Below[i] : weights.Right[i], screening, cancellationToken);
        var correction = solver.Solve(guide, 2e-3, cancellationToken);
        for (var i = 0; i < copy.Length; i++)
            if (hole.Data[i]) copy[i] += correction[i];
        return copy;

        // Where what is wanted and what was copied disagree throughout a neighbourhood there is an edge, and nothing may flow across
        // it; where they disagree from pixel to pixel it is texture.
        float[] Links(int step)
        {
            var excess = new Vector4[copy.Length];
            var links = new float[copy.Length];
            RowBands.Run(height, (first, end) =>
            {
                for (var i = first * width; i < end * width; i++)
                {
                    if ((step == 1 && i % width == width - 1) || i + step >= copy.Length) continue;
                    var (p, q) = hole.Data[i] ? (i, i + step) : (i + step, i);
                    if (!hole.Data[p] || (!hole.Data[q] && !isKnown(q))) continue;
                    links[i] = 1;
                    excess[i] = Excess(p, q) with { W = hole.Data[q] && origins[p] - p == origins[q] - q ? 0 : 1 };
                }
            }, cancellationToken);
            RowBands.Run(height, (first, end) =>
            {
                for (var i = first * width; i < end * width; i++)
                {
                    if (excess[i].W == 0) continue;
                    int x = i % width, y = i / width;
                    var sum = Vector4.Zero;
                    for (var sy = Math.Max(0, y - SeamReach); sy <= Math.Min(height - 1, y + SeamReach); sy++)
                        for (var sx = Math.Max(0, x - SeamReach); sx <= Math.Min(width - 1, x + SeamReach); sx++) sum += excess[(sy * width) + sx];
                    var mean = Vector4.Abs(sum / sum.W);
                    links[i] = Math.Clamp((Edge - Math.Max(mean.X, Math.Max(mean.Y, mean.Z))) / (Edge - SameSurface), WeakestLink, 1);
                }
            }, cancellationToken);
            return links;
        }

        // What the gradient from q to p should be, less what the copy has.
        Vector4 Excess(int p, int q)
        {
            var wanted = Vector4.Zero;
            var count = 0;
            if (Beside(p, q) is { } first)
            {
                wanted += copy[p] - first;
                count++;
            }

            if (hole.Data[q] && Beside(q, p) is { } second)
            {
                wanted += second - copy[q];
                count++;
            }

            return count == 0 ? Vector4.Zero : (wanted / count) - (copy[p] - copy[q]);
        }

        // The pixel that lies to p's origin as q lies to p.
        Vector4? Beside(int p, int q)
        {
            if (origins[p] < 0) return null;
            var beside = origins[p] + q - p;
            if (beside < 0 || beside >= copy.Length || !isKnown(beside)) return null;
            return Math.Abs(q - p) == 1 && beside / width != origins[p] / width ? null : Read(image, beside);
        }
    }

    private static Vector4 Read(PatchImage image, int index)
    {
        var at = index * PatchImage.Channels;
        return new(image.Samples[at], image.Samples[at + 1], image.Samples[at + 2], 0);
    }
}
