namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Lines as an illustrator draws them: the flow-based difference of Gaussians (Kang, Lee, Chui, "Coherent line drawing", NPAR 2007) with
/// the soft threshold of XDoG (Winnemöller, Kyprianidis, Olsen, "XDoG: An eXtended difference-of-Gaussians compendium", 2012).
/// </summary>
public static class InkLines
{
    /// <summary>Draws the lines of a brightness plane.</summary>
    /// <param name="luma">Brightness, 0–1.</param>
    /// <param name="flow">Its directions.</param>
    /// <param name="settings">How the lines look.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>1 on paper, 0 in full ink.</returns>
    public static Plane Draw(Plane luma, FlowField flow, InkLineSettings settings, CancellationToken cancellationToken = default)
    {
        var response = FlowSmoothing.Blur(Across(luma, flow, settings, cancellationToken), flow, settings.Coherence, cancellationToken);
        var result = new Plane(luma.Width, luma.Height);
        RowBands.Run(
            luma.Height,
            (first, end) =>
            {
                for (var i = first * luma.Width; i < end * luma.Width; i++)
                {
                    var excess = response.Data[i] - settings.Threshold;
                    result.Data[i] = excess >= 0 ? 1 : 1 + MathF.Tanh(settings.Steepness * excess);
                }
            },
            cancellationToken);
        return result;
    }

    // The sharpened blur (1 + p)·G(σ) − p·G(1.6 σ), along the gradient only.
    private static Plane Across(Plane luma, FlowField flow, InkLineSettings settings, CancellationToken cancellationToken)
    {
        const float Ratio = 1.6f;
        const int MostSteps = 6;
        float sigma = settings.Sigma, wide = Ratio * sigma, reach = 2.4f * wide;
        var steps = Math.Clamp((int)MathF.Ceiling(reach), 1, MostSteps);
        var length = reach / steps;
        float[] narrow = new float[steps + 1], broad = new float[steps + 1];
        float narrowSum = 0, broadSum = 0;
        for (var k = 0; k <= steps; k++)
        {
            var distance = k * length;
            narrow[k] = MathF.Exp(-distance * distance / (2 * sigma * sigma));
            broad[k] = MathF.Exp(-distance * distance / (2 * wide * wide));
            narrowSum += narrow[k] * (k == 0 ? 1 : 2);
            broadSum += broad[k] * (k == 0 ? 1 : 2);
        }

        var kernel = new float[steps + 1];
        for (var k = 0; k <= steps; k++)
            kernel[k] = ((1 + settings.Emphasis) * narrow[k] / narrowSum) - (settings.Emphasis * broad[k] / broadSum);

        var result = new Plane(luma.Width, luma.Height);
        RowBands.Run(
            luma.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < luma.Width; x++)
                    {
                        var i = (y * luma.Width) + x;
                        float nx = flow.TangentY.Data[i] * length, ny = -flow.TangentX.Data[i] * length;
                        var sum = kernel[0] * luma.Data[i];
                        for (var k = 1; k < kernel.Length; k++)
                            sum += kernel[k] * (luma.At(x + (k * nx), y + (k * ny)) + luma.At(x - (k * nx), y - (k * ny)));
                        result.Data[i] = sum;
                    }
                }
            },
            cancellationToken);
        return result;
    }
}

/// <summary>How <see cref="InkLines"/> look.</summary>
/// <param name="Sigma">Half the line's width, in pixels.</param>
/// <param name="Coherence">How far lines are joined along the flow, in pixels.</param>
/// <param name="Emphasis">How much edges count beside darkness (p of XDoG), about 20.</param>
/// <param name="Threshold">Sharpened brightness below which ink begins (ε of XDoG), about 0.6.</param>
/// <param name="Steepness">How quickly it becomes full ink (φ of XDoG), about 10.</param>
public sealed record InkLineSettings(float Sigma, float Coherence, float Emphasis = 20, float Threshold = 0.6f, float Steepness = 10);
