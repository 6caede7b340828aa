namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Blurs along the flow only: line integral convolution (Cabral, Leedom, "Imaging vector fields using line integral convolution",
/// SIGGRAPH 1993) with a Gaussian kernel and steps of one pixel, or of more where the kernel is long.
/// </summary>
public static class FlowSmoothing
{
    private const int MostSteps = 10;

    /// <summary>Blurs a plane along the flow.</summary>
    /// <param name="plane">The plane, of the flow's size.</param>
    /// <param name="flow">The directions.</param>
    /// <param name="sigma">Standard deviation along the flow, in pixels; zero or less returns a copy.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Plane Blur(Plane plane, FlowField flow, float sigma, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(flow);
        if (sigma <= 0) return plane.Clone();
        int width = plane.Width, height = plane.Height;
        var reach = 2 * sigma;
        var steps = Math.Clamp((int)MathF.Ceiling(reach), 1, MostSteps);
        var length = reach / steps;
        var kernel = new float[steps + 1];
        for (var k = 0; k <= steps; k++) kernel[k] = MathF.Exp(-k * length * k * length / (2 * sigma * sigma));
        var result = new Plane(width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var row = result.Row(y);
                    for (var x = 0; x < width; x++)
                    {
                        var i = (y * width) + x;
                        float sum = kernel[0] * plane.Data[i], weight = kernel[0];
                        float tx = flow.TangentX.Data[i], ty = flow.TangentY.Data[i];
                        Walk(plane, flow, kernel, length, x, y, tx, ty, ref sum, ref weight);
                        Walk(plane, flow, kernel, length, x, y, -tx, -ty, ref sum, ref weight);
                        row[x] = sum / weight;
                    }
                }
            },
            cancellationToken);
        return result;
    }

    private static void Walk(
        Plane plane, FlowField flow, float[] kernel, float length, float x, float y, float tx, float ty, ref float sum, ref float weight)
    {
        for (var k = 1; k < kernel.Length; k++)
        {
            x += tx * length;
            y += ty * length;
            if (x < 0 || y < 0 || x > plane.Width - 1 || y > plane.Height - 1) return;
            sum += kernel[k] * plane.At(x, y);
            weight += kernel[k];
            var at = ((int)(y + 0.5f) * plane.Width) + (int)(x + 0.5f);
            float nextX = flow.TangentX.Data[at], nextY = flow.TangentY.Data[at];
            var sign = (nextX * tx) + (nextY * ty) < 0 ? -1 : 1;
            (tx, ty) = (sign * nextX, sign * nextY);
        }
    }
}
