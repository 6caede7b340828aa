using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Fills a hole with the smoothest colours that meet its border: the solution of Laplace's equation (Bertalmío, Sapiro, Caselles,
/// Ballester, "Image Inpainting", SIGGRAPH 2000, without its transport term). Good for scratches; the reference other methods are held
/// against.
/// </summary>
public static class DiffusionFill
{
    /// <summary>Computes the hole's colours.</summary>
    /// <param name="colors">Colours by pixel, any scale; of the hole none are read.</param>
    /// <param name="hole">What is filled.</param>
    /// <param name="isKnown">Whether a pixel outside the hole may be read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Colours by pixel; those outside the hole as they were. What no known pixel reaches is 0.</returns>
    public static Vector4[] Fill(Vector4[] colors, PixelMask hole, Func<int, bool> isKnown, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentNullException.ThrowIfNull(hole);
        ArgumentNullException.ThrowIfNull(isKnown);
        int width = hole.Width, height = hole.Height;
        var right = new Vector4[colors.Length];
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
            {
                if (!hole.Data[i]) continue;
                var x = i % width;
                if (x + 1 < width) right[i] += Border(i + 1);
                if (x > 0) right[i] += Border(i - 1);
                if (i + width < colors.Length) right[i] += Border(i + width);
                if (i >= width) right[i] += Border(i - width);
            }
        }, cancellationToken);
        var solver = new PoissonSolver(
            hole,
            (i, below) =>
            {
                var other = below ? i + width : i + 1;
                return hole.Data[i] && hole.Data[other] ? 1 : isKnown(hole.Data[i] ? other : i) ? 1 : 0;
            },
            0,
            cancellationToken);
        var solution = solver.Solve(right, 1e-4, cancellationToken);
        for (var i = 0; i < solution.Length; i++)
            if (!hole.Data[i]) solution[i] = colors[i];
        return solution;

        Vector4 Border(int i) => !hole.Data[i] && isKnown(i) ? colors[i] : Vector4.Zero;
    }
}
