using System.Numerics.Tensors;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Histograms of oriented gradients on a grid of square cells (Dalal, Triggs, "Histograms of Oriented Gradients for Human Detection",
/// CVPR 2005), with signed directions, and each cell normalised by the energy of the 5×5 cells around it.
/// </summary>
public sealed class OrientedGradients
{
    /// <summary>A cell's side in pixels.</summary>
    public const int CellSide = 4;

    /// <summary>Directions told apart, over the full circle.</summary>
    public const int Directions = 12;

    private const int NormReach = 2;

    // Energy below which a part counts as even, and the most that a direction counts.
    private const float Even = 1e-3f, Most = 1.2f;

    private OrientedGradients(int width, int height) => (Width, Height, Values) = (width, height, new float[width * height * Directions]);

    /// <summary>Cells in a row.</summary>
    public int Width { get; }

    /// <summary>Rows of cells.</summary>
    public int Height { get; }

    /// <summary>For each cell, row by row, the share of each direction.</summary>
    public float[] Values { get; }

    /// <summary>Measures a plane of values 0–1: as many whole cells as fit from its first pixel on, none when none does.</summary>
    public static OrientedGradients Of(Plane plane) => Grids(plane, CellSide)[0];

    /// <summary>Measures a plane on several grids of cells, each shifted against the first.</summary>
    /// <param name="plane">Values 0–1.</param>
    /// <param name="step">Pixels from one grid to the next to the right and down, a divisor of <see cref="CellSide"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The grids, row by row: with a step of half a side that by (0, 0), by (half, 0), by (0, half) and by both.</returns>
    public static IReadOnlyList<OrientedGradients> Grids(Plane plane, int step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plane);
        List<(OrientedGradients Grid, int Left, int Top)> grids = [];
        for (var top = 0; top < CellSide; top += step)
        {
            for (var left = 0; left < CellSide; left += step)
                grids.Add((new(Math.Max(0, (plane.Width - left) / CellSide), Math.Max(0, (plane.Height - top) / CellSide)), left, top));
        }

        for (var y = 1; y < plane.Height - 1; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> above = plane.Row(y - 1), here = plane.Row(y), below = plane.Row(y + 1);
            for (var x = 1; x < here.Length - 1; x++)
            {
                float across = here[x + 1] - here[x - 1], down = below[x] - above[x];
                var strength = MathF.Sqrt((across * across) + (down * down));
                if (strength < 1e-5f) continue;
                var turn = MathF.Atan2(down, across) / MathF.Tau;
                foreach (var (grid, left, top) in grids) grid.Add((x - left + 0.5f) / CellSide, (y - top + 0.5f) / CellSide, turn, strength);
            }
        }

        foreach (var (grid, _, _) in grids)
            if (grid.Values.Length > 0) grid.Normalize();
        return [.. grids.Select(each => each.Grid)];
    }

    // The position is in cells, the direction in turns; the strength is shared among the four nearest cells and two nearest directions.
    private void Add(float across, float down, float turn, float strength)
    {
        var direction = (turn * Directions) + Directions;
        var whole = (int)direction;
        var beyond = direction - whole;
        int first = whole % Directions, second = (whole + 1) % Directions;
        (across, down) = (across - 0.5f, down - 0.5f);
        int left = (int)MathF.Floor(across), top = (int)MathF.Floor(down);
        float u = across - left, v = down - top;
        for (var row = top; row <= top + 1; row++)
        {
            if (row < 0 || row >= Height) continue;
            for (var column = left; column <= left + 1; column++)
            {
                if (column < 0 || column >= Width) continue;
                var share = (column == left ? 1 - u : u) * (row == top ? 1 - v : v) * strength;
                var cell = ((row * Width) + column) * Directions;
                Values[cell + first] += share * (1 - beyond);
                Values[cell + second] += share * beyond;
            }
        }
    }

    private void Normalize()
    {
        var energy = new Plane(Width, Height);
        for (var i = 0; i < energy.Data.Length; i++) energy.Data[i] = TensorPrimitives.SumOfSquares(Values.AsSpan(i * Directions, Directions));
        var around = BoxFilter.Mean(energy, NormReach);
        for (var i = 0; i < energy.Data.Length; i++)
        {
            var scale = 1 / MathF.Sqrt(around.Data[i] + Even);
            foreach (ref var value in Values.AsSpan(i * Directions, Directions)) value = Math.Min(Most, value * scale);
        }
    }
}
