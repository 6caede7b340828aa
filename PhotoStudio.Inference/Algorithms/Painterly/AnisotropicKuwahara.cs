using System.Runtime.Intrinsics;

namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Smooths within regions and keeps their borders, along the image's own directions: the brush-like abstraction of Kyprianidis, Kang,
/// Döllner, "Image and Video Abstraction by Anisotropic Kuwahara Filtering", CGF 2009, with the polynomial sector weights of
/// Kyprianidis, Semmo, Kang, Döllner, "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010. The eight sectors of
/// a pixel are the eight lanes of a vector.
/// </summary>
public static class AnisotropicKuwahara
{
    private const int Sectors = 8;
    private const int Cells = 16;
    private const int Side = (2 * Cells) + 3;
    private const int SamplesAcross = 5;
    private static readonly float[] Weights = MakeWeights();

    /// <summary>Filters an image.</summary>
    /// <param name="colors">The image, 0–1.</param>
    /// <param name="flow">Its directions.</param>
    /// <param name="radius">Radius in pixels of the disc that becomes an ellipse; larger than 5, every so many pixels are looked at.</param>
    /// <param name="sharpness">How sharply the calmest sector wins, about 8.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ColorPlanes Filter(
        ColorPlanes colors, FlowField flow, float radius, float sharpness = 8, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentNullException.ThrowIfNull(flow);
        int width = colors.Width, height = colors.Height;
        radius = Math.Max(1, radius);
        var step = Math.Max(1, (int)MathF.Round(radius / SamplesAcross));
        var samples = Interleave(colors, cancellationToken);
        var result = new ColorPlanes(width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < width; x++)
                    {
                        var i = (y * width) + x;
                        var (c0, c1, c2) = Pixel(samples, width, height, x, y, flow, i, radius, step, sharpness);
                        (result.C0.Data[i], result.C1.Data[i], result.C2.Data[i]) = (c0, c1, c2);
                    }
                }
            },
            cancellationToken);
        return result;
    }

    private static (float C0, float C1, float C2) Pixel(
        float[] samples, int width, int height, int x, int y, FlowField flow, int i, float radius, int step, float sharpness)
    {
        float anisotropy = flow.Anisotropy.Data[i], cos = flow.TangentX.Data[i], sin = flow.TangentY.Data[i];
        float along = radius * Math.Min(2, 1 + anisotropy), across = radius * Math.Max(0.5f, 1 / (1 + anisotropy));
        var reachX = (int)MathF.Sqrt((along * along * cos * cos) + (across * across * sin * sin));
        var reachY = (int)MathF.Sqrt((along * along * sin * sin) + (across * across * cos * cos));
        float ux = Cells * cos / along, uy = Cells * sin / along, vx = -Cells * sin / across, vy = Cells * cos / across;
        var table = Weights;
        Vector256<float> m0 = default, m1 = default, m2 = default, squares = default, total = default;
        for (var dy = -(reachY / step * step); dy <= reachY; dy += step)
        {
            var row = Math.Clamp(y + dy, 0, height - 1) * width;
            for (var dx = -(reachX / step * step); dx <= reachX; dx += step)
            {
                float u = (ux * dx) + (uy * dy), v = (vx * dx) + (vy * dy);
                if ((u * u) + (v * v) > Cells * Cells) continue;

                var cell = ((((int)(v + Cells + 1.5f)) * Side) + (int)(u + Cells + 1.5f)) * Sectors;
                var weight = Vector256.LoadUnsafe(ref table[cell]);
                var at = (row + Math.Clamp(x + dx, 0, width - 1)) * 4;
                m0 += weight * samples[at];
                m1 += weight * samples[at + 1];
                m2 += weight * samples[at + 2];
                squares += weight * samples[at + 3];
                total += weight;
            }
        }

        var inverse = Vector256<float>.One / Vector256.Max(total, Vector256.Create(1e-9f));
        m0 *= inverse;
        m1 *= inverse;
        m2 *= inverse;
        var variance = Vector256.Max((squares * inverse) - (m0 * m0) - (m1 * m1) - (m2 * m2), Vector256<float>.Zero);

        // 1 / (1 + (255² σ²)^(q/2)) with q = 8, as in the paper; the sharpness scales the deviation.
        var noise = variance * (sharpness * sharpness * 400);
        noise *= noise;
        noise *= noise;
        var alpha = Vector256.Min(total * 1e6f, Vector256<float>.One) / (Vector256<float>.One + noise);
        var sum = Vector256.Sum(alpha);
        if (sum < 1e-20f) return (samples[i * 4], samples[(i * 4) + 1], samples[(i * 4) + 2]);
        return (Vector256.Sum(alpha * m0) / sum, Vector256.Sum(alpha * m1) / sum, Vector256.Sum(alpha * m2) / sum);
    }

    // Three planes and the sum of their squares, pixel by pixel.
    private static float[] Interleave(ColorPlanes colors, CancellationToken cancellationToken)
    {
        var samples = new float[colors.Width * colors.Height * 4];
        RowBands.Run(
            colors.Height,
            (first, end) =>
            {
                for (int i = first * colors.Width, at = 4 * i; i < end * colors.Width; i++, at += 4)
                {
                    float a = colors.C0.Data[i], b = colors.C1.Data[i], c = colors.C2.Data[i];
                    (samples[at], samples[at + 1], samples[at + 2], samples[at + 3]) = (a, b, c, (a * a) + (b * b) + (c * c));
                }
            },
            cancellationToken);
        return samples;
    }

    private static float[] MakeWeights()
    {
        var table = new float[Side * Side * Sectors];
        const float Zeta = 2 / 6f;
        var gamma = 3 * MathF.PI / 8;
        var eta = (Zeta + MathF.Cos(gamma)) / (MathF.Sin(gamma) * MathF.Sin(gamma));
        Span<float> weights = stackalloc float[Sectors];
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                float u = (column - Cells - 1) / (float)Cells, v = (row - Cells - 1) / (float)Cells, sum = 0;
                for (var k = 0; k < Sectors; k++)
                {
                    var (sin, cos) = MathF.SinCos(k * MathF.PI / 4);
                    float forward = (u * cos) + (v * sin), side = (v * cos) - (u * sin);
                    var polynomial = Math.Max(0, forward + Zeta - (eta * side * side));
                    sum += weights[k] = polynomial * polynomial;
                }

                var falloff = MathF.Exp(-3.125f * ((u * u) + (v * v))) / Math.Max(sum, 1e-9f);
                for (var k = 0; k < Sectors; k++) table[(((row * Side) + column) * Sectors) + k] = weights[k] * falloff;
            }
        }

        return table;
    }
}
