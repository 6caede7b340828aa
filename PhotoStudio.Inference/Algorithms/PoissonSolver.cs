using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Solves discrete Poisson equations on any set of pixels, four right-hand sides at once:
/// <c>Σ w(p,q)·(u(p) − u(q)) + s(p)·u(p) = b(p)</c> over the 4-neighbours q of every unknown pixel p, with u = 0 on known ones.
/// Conjugate gradients, preconditioned by a multigrid cycle on aggregates of 2×2 pixels (Briggs, Henson, McCormick, "A Multigrid
/// Tutorial", 2000; Braess, "Towards Algebraic Multigrid for Elliptic Problems of Second Order", Computing 1995).
/// </summary>
public sealed class PoissonSolver
{
    // Aggregates underestimate smooth corrections; Braess 1995 scales them up.
    private const float OverCorrection = 1.8f;
    private const int SmallestGrid = 64;
    private const int MaxIterations = 60;

    private readonly List<Grid> _grids = [];

    /// <summary>Prepares the equations.</summary>
    /// <param name="unknown">The unknown pixels.</param>
    /// <param name="weight">
    /// The weight, 0 or more, of the link between a pixel and its neighbour to the right (false) or below (true), by the pixel's
    /// index. Links between two known pixels are not asked for.
    /// </param>
    /// <param name="screening">s: how strongly each unknown pixel is drawn to 0 by itself, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public PoissonSolver(PixelMask unknown, Func<int, bool, float> weight, float screening, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        ArgumentNullException.ThrowIfNull(weight);
        var grid = new Grid(unknown.Width, unknown.Height);
        for (var y = 0; y < grid.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var x = 0; x < grid.Width; x++)
            {
                var i = (y * grid.Width) + x;
                var own = unknown.Data[i];
                if (own)
                {
                    grid.Active[i] = true;
                    grid.Diagonal[i] += screening;
                }

                if (x + 1 < grid.Width) Link(grid, i, i + 1, own, unknown.Data[i + 1], grid.Right, weight, false);
                if (y + 1 < grid.Height) Link(grid, i, i + grid.Width, own, unknown.Data[i + grid.Width], grid.Below, weight, true);
            }
        }

        // A pixel without any link and screening has nothing to follow and stays 0.
        for (var i = 0; i < grid.Diagonal.Length; i++)
            if (grid.Active[i] && grid.Diagonal[i] <= 0) grid.Diagonal[i] = 1;
        grid.FindRuns();
        _grids.Add(grid);
        while (_grids[^1].Width * _grids[^1].Height > SmallestGrid && Math.Max(_grids[^1].Width, _grids[^1].Height) > 2)
            _grids.Add(Coarser(_grids[^1], cancellationToken));
    }

    /// <summary>Solves the equations.</summary>
    /// <param name="right">b by pixel; what stands at known pixels is passed over.</param>
    /// <param name="accuracy">The residual at which to stop, as a share of the first one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>u by pixel.</returns>
    public Vector4[] Solve(Vector4[] right, double accuracy = 1e-4, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(right);
        var grid = _grids[0];
        var solution = new Vector4[right.Length];
        var residual = new Vector4[right.Length];
        grid.ForRuns((from, to) => Array.Copy(right, from, residual, from, to - from), cancellationToken);
        Vector4[] direction = new Vector4[right.Length], product = new Vector4[right.Length], conditioned = new Vector4[right.Length];
        var first = grid.Dot(residual, residual, cancellationToken);
        Condition(residual, conditioned, cancellationToken);
        grid.ForRuns((from, to) => Array.Copy(conditioned, from, direction, from, to - from), cancellationToken);
        var energy = grid.Dot(residual, conditioned, cancellationToken);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            grid.Apply(direction, product, cancellationToken);
            var step = Ratio(energy, grid.Dot(direction, product, cancellationToken));
            grid.ForRuns((from, to) =>
            {
                for (var i = from; i < to; i++)
                {
                    solution[i] += step * direction[i];
                    residual[i] -= step * product[i];
                }
            }, cancellationToken);
            if (IsSmall(grid.Dot(residual, residual, cancellationToken), first, accuracy)) break;

            Condition(residual, conditioned, cancellationToken);
            var next = grid.Dot(residual, conditioned, cancellationToken);
            var share = Ratio(next, energy);
            energy = next;
            grid.ForRuns((from, to) =>
            {
                for (var i = from; i < to; i++) direction[i] = conditioned[i] + (share * direction[i]);
            }, cancellationToken);
        }

        return solution;
    }

    private static void Link(
        Grid grid, int first, int second, bool firstUnknown, bool secondUnknown, float[] links, Func<int, bool, float> weight, bool below)
    {
        if (!firstUnknown && !secondUnknown) return;
        var strength = weight(first, below);
        if (firstUnknown) grid.Diagonal[first] += strength;
        if (secondUnknown) grid.Diagonal[second] += strength;
        if (firstUnknown && secondUnknown) links[first] = strength;
    }

    // The Galerkin operator of piecewise constant aggregates is a five-point stencil again.
    private static Grid Coarser(Grid fine, CancellationToken cancellationToken)
    {
        var coarse = new Grid((fine.Width + 1) / 2, (fine.Height + 1) / 2);
        for (var y = 0; y < fine.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var x = 0; x < fine.Width; x++)
            {
                int i = (y * fine.Width) + x, k = ((y / 2) * coarse.Width) + (x / 2);
                if (!fine.Active[i]) continue;
                coarse.Active[k] = true;
                coarse.Diagonal[k] += fine.Diagonal[i];
                if (x % 2 == 0) coarse.Diagonal[k] -= 2 * fine.Right[i];
                else coarse.Right[k] += fine.Right[i];
                if (y % 2 == 0) coarse.Diagonal[k] -= 2 * fine.Below[i];
                else coarse.Below[k] += fine.Below[i];
            }
        }

        // What rounding leaves of an aggregate that nothing holds.
        for (var k = 0; k < coarse.Diagonal.Length; k++)
        {
            if (!coarse.Active[k]) continue;
            var links = coarse.Right[k] + coarse.Below[k]
                + (k % coarse.Width > 0 ? coarse.Right[k - 1] : 0) + (k >= coarse.Width ? coarse.Below[k - coarse.Width] : 0);
            coarse.Diagonal[k] = Math.Max(coarse.Diagonal[k], (links * (1 + 1e-6f)) + 1e-9f);
        }

        coarse.FindRuns();
        return coarse;
    }

    private void Condition(Vector4[] residual, Vector4[] result, CancellationToken cancellationToken) =>
        Cycle(0, residual, result, cancellationToken);

    private void Cycle(int depth, Vector4[] right, Vector4[] result, CancellationToken cancellationToken)
    {
        var grid = _grids[depth];
        grid.ForRuns((from, to) => Array.Clear(result, from, to - from), cancellationToken);
        if (depth == _grids.Count - 1)
        {
            for (var sweep = 0; sweep < 20; sweep++)
            {
                grid.Smooth(right, result, 0, cancellationToken);
                grid.Smooth(right, result, 1, cancellationToken);
                grid.Smooth(right, result, 1, cancellationToken);
                grid.Smooth(right, result, 0, cancellationToken);
            }

            return;
        }

        grid.Smooth(right, result, 0, cancellationToken);
        grid.Smooth(right, result, 1, cancellationToken);
        var coarse = _grids[depth + 1];
        var (below, correction) = (coarse.Right1, coarse.Result1);
        grid.Restrict(right, result, coarse, below, cancellationToken);
        Cycle(depth + 1, below, correction, cancellationToken);
        grid.ForRuns((from, to) =>
        {
            var y = from / grid.Width;
            for (var i = from; i < to; i++)
                result[i] += OverCorrection * correction[((y / 2) * coarse.Width) + ((i - (y * grid.Width)) / 2)];
        }, cancellationToken);
        grid.Smooth(right, result, 1, cancellationToken);
        grid.Smooth(right, result, 0, cancellationToken);
    }

    private static Vector4 Ratio(Vector4 top, Vector4 bottom) => new(
        bottom.X > 0 ? top.X / bottom.X : 0, bottom.Y > 0 ? top.Y / bottom.Y : 0, bottom.Z > 0 ? top.Z / bottom.Z : 0, bottom.W > 0 ? top.W / bottom.W : 0);

    private static bool IsSmall(Vector4 now, Vector4 first, double accuracy)
    {
        var limit = first * (float)(accuracy * accuracy);
        return now.X <= limit.X && now.Y <= limit.Y && now.Z <= limit.Z && now.W <= limit.W;
    }

    private sealed class Grid(int width, int height)
    {
        private (int From, int To)[][] _runs = [];
        private Vector4[]? _right;
        private Vector4[]? _result;

        public int Width => width;

        public int Height => height;

        public bool[] Active { get; } = new bool[width * height];

        public float[] Diagonal { get; } = new float[width * height];

        public float[] Right { get; } = new float[width * height];

        public float[] Below { get; } = new float[width * height];

        public Vector4[] Right1 => _right ??= new Vector4[width * height];

        public Vector4[] Result1 => _result ??= new Vector4[width * height];

        public void FindRuns()
        {
            _runs = new (int, int)[height][];
            var found = new List<(int, int)>();
            for (var y = 0; y < height; y++)
            {
                found.Clear();
                int end = (y + 1) * width, i = y * width;
                while (i < end)
                {
                    while (i < end && !Active[i]) i++;
                    var from = i;
                    while (i < end && Active[i]) i++;
                    if (i > from) found.Add((from, i));
                }

                _runs[y] = [.. found];
            }
        }

        public void ForRuns(Action<int, int> work, CancellationToken cancellationToken) => RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
                foreach (var (from, to) in _runs[y]) work(from, to);
        }, cancellationToken);

        // Summed by rows and then in order: the same on any number of threads.
        public Vector4 Dot(Vector4[] a, Vector4[] b, CancellationToken cancellationToken)
        {
            var rows = new Vector4[height];
            RowBands.Run(height, (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    var sum = Vector4.Zero;
                    foreach (var (from, to) in _runs[y])
                        for (var i = from; i < to; i++) sum += a[i] * b[i];
                    rows[y] = sum;
                }
            }, cancellationToken);
            var total = Vector4.Zero;
            foreach (var row in rows) total += row;
            return total;
        }

        public void Apply(Vector4[] u, Vector4[] result, CancellationToken cancellationToken) => ForRuns((from, to) =>
        {
            for (var i = from; i < to; i++) result[i] = (Diagonal[i] * u[i]) - Links(u, i);
        }, cancellationToken);

        // Gauss-Seidel on the squares of one colour of a checkerboard.
        public void Smooth(Vector4[] right, Vector4[] u, int color, CancellationToken cancellationToken) => ForRuns((from, to) =>
        {
            var y = from / width;
            for (var i = from + ((from - (y * width) + y + color) & 1); i < to; i += 2) u[i] = (right[i] + Links(u, i)) / Diagonal[i];
        }, cancellationToken);

        public void Restrict(Vector4[] right, Vector4[] u, Grid coarse, Vector4[] result, CancellationToken cancellationToken) =>
            RowBands.Run(coarse.Height, (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    Array.Clear(result, y * coarse.Width, coarse.Width);
                    for (var fineY = 2 * y; fineY < Math.Min(height, (2 * y) + 2); fineY++)
                    {
                        foreach (var (from, to) in _runs[fineY])
                        {
                            for (var i = from; i < to; i++)
                                result[(y * coarse.Width) + ((i - (fineY * width)) / 2)] += right[i] - (Diagonal[i] * u[i]) + Links(u, i);
                        }
                    }
                }
            }, cancellationToken);

        // Links lead between unknown pixels only; the others' weights are 0.
        private Vector4 Links(Vector4[] u, int i)
        {
            var sum = Right[i] != 0 ? Right[i] * u[i + 1] : Vector4.Zero;
            if (Below[i] != 0) sum += Below[i] * u[i + width];
            if (i > 0 && Right[i - 1] != 0) sum += Right[i - 1] * u[i - 1];
            if (i >= width && Below[i - width] != 0) sum += Below[i - width] * u[i - width];
            return sum;
        }
    }
}
