namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The edges of a photograph that are in focus. An edge blurred by σ loses, when it is blurred again from scale s to
/// scale t, √((σ² + t²) / (σ² + s²)) of its gradient: much when it was sharp, next to nothing when it was not (Zhuo,
/// Sim, "Defocus Map Estimation from a Single Image", Pattern Recognition 2011).
/// </summary>
/// <param name="Strength">
/// Gradient of the sharp edges, brightness 0–1 a pixel, averaged over each pixel of the reduced size; 0 where all is blurred or flat.
/// </param>
/// <param name="Share">How much of the gradient there is belongs to sharp edges, 0–1.</param>
public sealed record SharpEdges(Plane Strength, Plane Share)
{
    private const float Fine = 0.8f;
    private const float Coarse = 2f;

    // Ratio of the gradients at the two scales from which an edge counts, and that of an edge surely in focus.
    private const float BlurredRatio = 1.1f;
    private const float SharpRatio = 1.3f;

    // Gradient at the coarse scale below which there is no edge but grain, in brightness a pixel.
    private const float Grain = 0.002f;

    /// <summary>Finds the sharp edges of a picture.</summary>
    /// <param name="rgb">The picture, 0–1, at the size to look at.</param>
    /// <param name="width">Width of the result, 1 to the picture's.</param>
    /// <param name="height">Height of the result, 1 to the picture's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SharpEdges Find(ColorPlanes rgb, int width, int height, CancellationToken cancellationToken = default)
    {
        var fine = Gradient(rgb, Fine, cancellationToken);
        var coarse = Gradient(rgb, Coarse, cancellationToken);
        var grain = Math.Max(Grain, 3 * Low(coarse));
        Plane strength = new(rgb.Width, rgb.Height), all = new(rgb.Width, rgb.Height);
        RowBands.Run(rgb.Height, (first, end) =>
        {
            for (var i = first * rgb.Width; i < end * rgb.Width; i++)
            {
                var edge = Math.Clamp((coarse.Data[i] / grain) - 1, 0f, 1f) * fine.Data[i];
                var ratio = fine.Data[i] / Math.Max(coarse.Data[i], 1e-5f);
                all.Data[i] = edge;
                strength.Data[i] = edge * Math.Clamp((ratio - BlurredRatio) / (SharpRatio - BlurredRatio), 0f, 1f);
            }
        }, cancellationToken);
        var small = AreaResize.Shrink(strength, width, height, cancellationToken);
        var total = AreaResize.Shrink(all, width, height, cancellationToken);
        var share = new Plane(width, height);
        for (var i = 0; i < share.Data.Length; i++)
            share.Data[i] = total.Data[i] < 1e-5f ? 0 : Math.Clamp(small.Data[i] / total.Data[i], 0f, 1f);
        return new(small, share);
    }

    // Length of the three channels' gradients together, halved: about that of the brightness.
    private static Plane Gradient(ColorPlanes rgb, float scale, CancellationToken cancellationToken)
    {
        var result = new Plane(rgb.Width, rgb.Height);
        foreach (var channel in (ReadOnlySpan<Plane>)[rgb.C0, rgb.C1, rgb.C2])
        {
            var plane = GaussianFilter.Blur(channel, scale, cancellationToken);
            RowBands.Run(plane.Height, (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    ReadOnlySpan<float> row = plane.Row(y);
                    ReadOnlySpan<float> above = plane.Row(Math.Max(0, y - 1)), below = plane.Row(Math.Min(plane.Height - 1, y + 1));
                    var target = result.Row(y);
                    for (var x = 0; x < target.Length; x++)
                    {
                        float dx = row[Math.Min(x + 1, row.Length - 1)] - row[Math.Max(0, x - 1)], dy = below[x] - above[x];
                        target[x] += (dx * dx) + (dy * dy);
                    }
                }
            }, cancellationToken);
        }

        return result.Map(energy => MathF.Sqrt(energy / 12), cancellationToken);
    }

    // The lowest tenth of the gradients, over a sample: smooth areas show the grain.
    private static float Low(Plane plane)
    {
        var step = Math.Max(1, plane.Data.Length / 10_000);
        var sample = new List<float>();
        for (var i = 0; i < plane.Data.Length; i += step) sample.Add(plane.Data[i]);
        sample.Sort();
        return sample[sample.Count / 10];
    }
}
