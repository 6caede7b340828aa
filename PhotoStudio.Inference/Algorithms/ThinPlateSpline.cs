using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The smoothest mapping of the plane that takes given points to given points (Bookstein, "Principal Warps: Thin-Plate Splines and the
/// Decomposition of Deformations", PAMI 1989).
/// </summary>
public sealed class ThinPlateSpline
{
    private readonly Vector2[] _from;
    private readonly double[] _x;
    private readonly double[] _y;

    /// <summary>Finds the mapping.</summary>
    /// <param name="from">At least three different points that are not on one line.</param>
    /// <param name="to">Where each of them goes.</param>
    /// <exception cref="ArgumentException">The points' numbers differ, or they do not fix a mapping.</exception>
    public ThinPlateSpline(IReadOnlyList<Vector2> from, IReadOnlyList<Vector2> to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Count != to.Count || from.Count < 3) throw new ArgumentException("A mapping needs as many points to as from, at least three.", nameof(to));

        _from = [.. from];
        var n = _from.Length;
        var matrix = new double[n + 3, n + 5];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) matrix[i, j] = Bending(Vector2.DistanceSquared(_from[i], _from[j]));
            (matrix[i, n], matrix[i, n + 1], matrix[i, n + 2]) = (1, _from[i].X, _from[i].Y);
            (matrix[n, i], matrix[n + 1, i], matrix[n + 2, i]) = (1, _from[i].X, _from[i].Y);
            (matrix[i, n + 3], matrix[i, n + 4]) = (to[i].X, to[i].Y);
        }

        Solve(matrix);
        _x = [.. Enumerable.Range(0, n + 3).Select(i => matrix[i, n + 3])];
        _y = [.. Enumerable.Range(0, n + 3).Select(i => matrix[i, n + 4])];
    }

    /// <summary>Where a point goes.</summary>
    public Vector2 Map(Vector2 point)
    {
        var n = _from.Length;
        double x = _x[n] + (_x[n + 1] * point.X) + (_x[n + 2] * point.Y), y = _y[n] + (_y[n + 1] * point.X) + (_y[n + 2] * point.Y);
        for (var i = 0; i < n; i++)
        {
            var bending = Bending(Vector2.DistanceSquared(point, _from[i]));
            x += _x[i] * bending;
            y += _y[i] * bending;
        }

        return new((float)x, (float)y);
    }

    private static double Bending(float squared) => squared < 1e-12 ? 0 : squared * Math.Log(squared);

    // Gauss-Jordan with partial pivoting; the solutions replace the last two columns.
    private static void Solve(double[,] matrix)
    {
        int rows = matrix.GetLength(0), columns = matrix.GetLength(1);
        for (var step = 0; step < rows; step++)
        {
            var pivot = Enumerable.Range(step, rows - step).MaxBy(row => Math.Abs(matrix[row, step]));
            if (Math.Abs(matrix[pivot, step]) < 1e-12) throw new ArgumentException("The points lie on one line or on one another.", nameof(matrix));
            for (var column = 0; column < columns; column++)
                (matrix[step, column], matrix[pivot, column]) = (matrix[pivot, column], matrix[step, column]);
            var scale = 1 / matrix[step, step];
            for (var column = 0; column < columns; column++) matrix[step, column] *= scale;
            for (var row = 0; row < rows; row++)
            {
                var factor = matrix[row, step];
                if (row == step || factor == 0) continue;
                for (var column = 0; column < columns; column++) matrix[row, column] -= factor * matrix[step, column];
            }
        }
    }
}
