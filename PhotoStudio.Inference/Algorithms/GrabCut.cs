namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Iterated graph cuts with colour mixtures for foreground and background (Rother, Kolmogorov, Blake, "GrabCut:
/// Interactive Foreground Extraction using Iterated Graph Cuts", SIGGRAPH 2004). Instead of a rectangle it starts
/// from a probability map and may carry a prior for every pixel into the cuts.
/// </summary>
public sealed class GrabCut
{
    private const float CapacityScale = 1000;
    private readonly ColorPlanes lab;
    private readonly float[][] edges = new float[4][];

    /// <summary>Prepares the neighbour weights: exp(−β‖difference‖²) over the distance, β from the image's own contrast.</summary>
    /// <param name="lab">The image in CIE Lab.</param>
    /// <param name="edgeShare">
    /// How much of each pixel's colour difference counts as an edge, 0–1, such as <see cref="SharpEdges.Share"/>; null for all of it.
    /// </param>
    public GrabCut(ColorPlanes lab, Plane? edgeShare = null)
    {
        this.lab = lab;
        double sum = 0;
        long count = 0;
        for (var direction = 0; direction < 4; direction++)
        {
            edges[direction] = new float[lab.Width * lab.Height];
            ForEdges(direction, (i, j) =>
            {
                var squared = SquaredDifference(i, j);
                if (edgeShare is not null) squared *= Math.Max(edgeShare.Data[i], edgeShare.Data[j]);
                edges[direction][i] = squared;
                sum += squared;
                count++;
            });
        }

        Contrast = count == 0 ? 0 : (float)Math.Sqrt(sum / count);
        var beta = (float)(1 / Math.Max(2 * sum / Math.Max(count, 1), 0.5));
        for (var direction = 0; direction < 4; direction++)
        {
            var length = direction % 2 == 0 ? 1f : 1 / MathF.Sqrt(2);
            ForEdges(direction, (i, _) => edges[direction][i] = length * MathF.Exp(-beta * edges[direction][i]));
        }
    }

    /// <summary>Root mean square colour difference between neighbours, in Lab units.</summary>
    public float Contrast { get; }

    /// <summary>Segments the image.</summary>
    /// <param name="probability">
    /// Probability, 0–1, that a pixel is foreground: the first mixtures are fitted with it; negative where neither should learn from it.
    /// </param>
    /// <param name="prior">Log odds of foreground added to the colours' in every cut; null for none.</param>
    /// <param name="fixedPixels">1 where a pixel is surely foreground, −1 surely background, 0 free; null when all are free.</param>
    /// <param name="options">Weights and rounds.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public GrabCutResult Run(
        Plane probability, Plane? prior, sbyte[]? fixedPixels, GrabCutOptions options, CancellationToken cancellationToken = default)
    {
        var size = probability.Data.Length;
        var foregroundWeight = (float[])probability.Data.Clone();
        bool[] mask = [];
        var odds = new Plane(lab.Width, lab.Height);
        GaussianMixture? foreground = null, background = null;
        for (var round = 0; round < options.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FitMixtures(foregroundWeight, options) is not var (inside, outside)) break;
            (foreground, background) = (inside, outside);
            RowBands.Run(lab.Height, (first, end) =>
            {
                for (var i = first * lab.Width; i < end * lab.Width; i++)
                {
                    float l = lab.C0.Data[i], a = lab.C1.Data[i], b = lab.C2.Data[i];
                    var value = inside.LogDensity(l, a, b) - outside.LogDensity(l, a, b);
                    odds.Data[i] = Math.Clamp(value, -options.ColorLimit, options.ColorLimit);
                }
            }, cancellationToken);
            var next = Cut(odds, prior, fixedPixels, options, cancellationToken);
            if (mask.Length > 0 && mask.AsSpan().SequenceEqual(next)) break;
            mask = next;
            for (var i = 0; i < size; i++)
                foregroundWeight[i] = mask[i] ? 1 : 0;
        }

        if (mask.Length == 0) mask = [.. probability.Data.Select(p => p >= 0.5f)];
        return new(mask, odds, foreground, background);
    }

    /// <summary>One cut with given log odds of the colours: the mask of least energy.</summary>
    public bool[] Cut(Plane odds, Plane? prior, sbyte[]? fixedPixels, GrabCutOptions options, CancellationToken cancellationToken = default)
    {
        int width = lab.Width, height = lab.Height;
        var flow = new GridMaxFlow(width, height);
        for (int y = 0, i = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++, i++)
            {
                var value = (options.ColorWeight * odds.Data[i]) + (prior?.Data[i] ?? 0);
                if (fixedPixels is not null && fixedPixels[i] != 0) value = fixedPixels[i] * 1000f;
                flow.SetTerminal(x, y, (int)(Math.Clamp(value, -1000f, 1000f) * CapacityScale));
                for (var direction = 0; direction < 4; direction++)
                    flow.SetEdge(x, y, direction, (int)(options.Smoothness * edges[direction][i] * CapacityScale));
            }
        }

        return flow.Cut(cancellationToken);
    }

    private (GaussianMixture Inside, GaussianMixture Outside)? FitMixtures(float[] weight, GrabCutOptions options)
    {
        var step = Math.Max(1, weight.Length / options.Samples);
        var count = ((weight.Length - 1) / step) + 1;
        float[] samples = new float[count * 3], inside = new float[count], outside = new float[count];
        for (int i = 0, k = 0; i < weight.Length; i += step, k++)
        {
            (samples[k * 3], samples[(k * 3) + 1], samples[(k * 3) + 2]) = (lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]);
            inside[k] = Math.Max(0, weight[i]);
            outside[k] = weight[i] < 0 ? 0 : 1 - weight[i];
        }

        if (inside.Sum() < 1e-3f || outside.Sum() < 1e-3f) return null;
        return (
            GaussianMixture.Fit(samples, inside, options.Components, options.Noise),
            GaussianMixture.Fit(samples, outside, options.Components, options.Noise));
    }

    private void ForEdges(int direction, Action<int, int> visit)
    {
        int dx = direction switch { 0 or 1 => 1, 2 => 0, _ => -1 }, dy = direction == 0 ? 0 : 1;
        for (var y = 0; y + dy < lab.Height; y++)
        {
            for (var x = Math.Max(0, -dx); x < lab.Width - Math.Max(0, dx); x++)
                visit((y * lab.Width) + x, ((y + dy) * lab.Width) + x + dx);
        }
    }

    private float SquaredDifference(int i, int j)
    {
        float l = lab.C0.Data[i] - lab.C0.Data[j], a = lab.C1.Data[i] - lab.C1.Data[j], b = lab.C2.Data[i] - lab.C2.Data[j];
        return (l * l) + (a * a) + (b * b);
    }
}

/// <summary>Weights of a GrabCut run.</summary>
/// <param name="Smoothness">Cost of a cut between two equal neighbours, in units of log odds.</param>
/// <param name="ColorWeight">Weight of the colours' log odds.</param>
/// <param name="ColorLimit">Largest log odds one pixel's colour may contribute.</param>
/// <param name="Components">Gaussians in each mixture.</param>
/// <param name="Rounds">Rounds of fitting and cutting.</param>
/// <param name="Noise">Variance added to each Lab axis.</param>
/// <param name="Samples">About how many pixels the mixtures are fitted to.</param>
public sealed record GrabCutOptions(
    float Smoothness = 12,
    float ColorWeight = 1,
    float ColorLimit = 6,
    int Components = 5,
    int Rounds = 3,
    float Noise = 6,
    int Samples = 5000);

/// <summary>What a GrabCut run found.</summary>
/// <param name="Mask">True for foreground, row by row.</param>
/// <param name="Odds">Log odds of foreground by colour alone, clamped to the limit.</param>
/// <param name="Foreground">The foreground's colours; null when every pixel was on one side from the start.</param>
/// <param name="Background">The background's colours; null likewise.</param>
public sealed record GrabCutResult(bool[] Mask, Plane Odds, GaussianMixture? Foreground, GaussianMixture? Background);
