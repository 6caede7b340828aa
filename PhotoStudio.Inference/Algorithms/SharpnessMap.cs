namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Where a photograph is in focus: gradient energy at a fine scale against the same at a coarser one. An edge in focus
/// loses energy when it is blurred again, one out of focus hardly does (after Zhuo, Sim, "Defocus Map Estimation from
/// a Single Image", Pattern Recognition 2011, with local energies in place of single edges).
/// </summary>
public static class SharpnessMap
{
    /// <summary>Finds how sharp a picture is around every pixel.</summary>
    /// <param name="luma">Brightness, 0–1.</param>
    /// <param name="radius">Radius of the neighbourhood in pixels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// Ratio: fine over coarse energy, about 0–6; near 1 where there is no detail or it is blurred.
    /// Energy: root of the fine energy, in the units of the brightness per pixel.
    /// </returns>
    public static (Plane Ratio, Plane Energy) Compute(Plane luma, int radius, CancellationToken cancellationToken = default)
    {
        var fine = BoxFilter.Mean(GradientEnergy(GaussianFilter.Blur(luma, 0.7f, cancellationToken)), radius, cancellationToken);
        var coarse = BoxFilter.Mean(GradientEnergy(GaussianFilter.Blur(luma, 2f, cancellationToken)), radius, cancellationToken);
        Plane ratio = new(luma.Width, luma.Height), energy = new(luma.Width, luma.Height);
        const float floor = 1e-5f;
        for (var i = 0; i < ratio.Data.Length; i++)
        {
            ratio.Data[i] = (Math.Max(0, fine.Data[i]) + floor) / (Math.Max(0, coarse.Data[i]) + floor);
            energy.Data[i] = MathF.Sqrt(Math.Max(0, fine.Data[i]));
        }

        return (ratio, energy);
    }

    private static Plane GradientEnergy(Plane plane)
    {
        var result = new Plane(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            var next = plane.Row(Math.Min(y + 1, plane.Height - 1));
            var target = result.Row(y);
            for (var x = 0; x < target.Length; x++)
            {
                float dx = row[Math.Min(x + 1, row.Length - 1)] - row[x], dy = next[x] - row[x];
                target[x] = (dx * dx) + (dy * dy);
            }
        }

        return result;
    }
}
