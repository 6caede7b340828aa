namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Draws the outline of a network's saliency, blurred by its resolution, to the photograph's edges: a guided filter follows the colours in a
/// zone around the outline; inside and outside of it the network's word stays.
/// </summary>
internal static class SaliencyRefiner
{
    private const float Epsilon = 1e-4f;

    // What is nearer to 0 or 1 than this is taken for it: networks rarely go all the way.
    private const float Margin = 0.04f;

    /// <summary>Refines.</summary>
    /// <param name="rgb">The photograph at the size to work at.</param>
    /// <param name="saliency">The saliency at that size.</param>
    /// <param name="blur">Pixels of that size a pixel of the network's output: how far its outline may be off.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Alpha, 0–1.</returns>
    public static Plane Refine(ColorPlanes rgb, Plane saliency, float blur, CancellationToken cancellationToken)
    {
        var radius = Math.Clamp((int)MathF.Ceiling(2 * blur), 2, 16);
        var guided = GuidedFilter.Fit(rgb, saliency, radius, Epsilon, null, cancellationToken).Apply(rgb);
        var around = BoxFilter.Mean(saliency, radius, cancellationToken);
        var alpha = new Plane(rgb.Width, rgb.Height);
        for (var i = 0; i < alpha.Data.Length; i++)
        {
            // 1 where the surroundings are of both kinds, fading to 0 where they are of one.
            var zone = Math.Clamp(Math.Min(around.Data[i], 1 - around.Data[i]) / 0.05f, 0, 1);
            var value = saliency.Data[i] + (zone * (guided.Data[i] - saliency.Data[i]));
            alpha.Data[i] = Math.Clamp((value - Margin) / (1 - (2 * Margin)), 0, 1);
        }

        return alpha;
    }

    /// <summary>How clearly a saliency tells subject from background, 0–1: the mean distance from undecided where there is any of the subject.</summary>
    public static double Decision(Plane saliency)
    {
        double sum = 0, count = 0;
        foreach (var value in saliency.Data)
        {
            if (value < 0.1f) continue;
            sum += Math.Abs((2 * value) - 1);
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }
}
