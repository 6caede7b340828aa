namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Triangles over points such that no circle through a triangle's corners holds another point: points are put in one by one, the
/// triangles whose circles hold the new point make room for a fan around it (Bowyer, "Computing Dirichlet tessellations", and Watson,
/// "Computing the n-dimensional Delaunay tessellation", both 1981). The triangle to begin with is found by walking.
/// </summary>
public sealed class DelaunayTriangulation
{
    private readonly List<(double X, double Y)> points = [];
    private readonly List<Cell> cells = [];
    private readonly Stack<int> free = new();
    private readonly List<int> cavity = [];
    private readonly List<(int From, int To, int Outside)> rim = [];
    private int last;

    private DelaunayTriangulation()
    {
    }

    /// <summary>Triangulates points; of several at one place one counts.</summary>
    /// <param name="given">The points. Many on one line are fine; all on one line give no triangle.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The triangles as indices into <paramref name="given"/>.</returns>
    public static IReadOnlyList<(int A, int B, int C)> Of(IReadOnlyList<(float X, float Y)> given, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Count < 3) return [];
        var triangulation = new DelaunayTriangulation();
        double left = given.Min(p => p.X), right = given.Max(p => p.X), top = given.Min(p => p.Y), bottom = given.Max(p => p.Y);
        double size = Math.Max(Math.Max(right - left, bottom - top), 1) * 1000, x = (left + right) / 2, y = (top + bottom) / 2;
        triangulation.points.AddRange([(x - (2 * size), y - size), (x + (2 * size), y - size), (x, y + (2 * size))]);
        triangulation.cells.Add(new Cell(0, 1, 2) { N0 = -1, N1 = -1, N2 = -1 });

        // Neighbours one after the other keep the walks short.
        var order = Enumerable.Range(0, given.Count).ToArray();
        var rows = Math.Max(1, (int)Math.Sqrt(given.Count / 2.0));
        var keys = Array.ConvertAll(order, i =>
        {
            var row = Math.Min(rows - 1, (int)((given[i].Y - top) / Math.Max(bottom - top, 1e-9) * rows));
            return (row, row % 2 == 0 ? given[i].X : -given[i].X);
        });
        Array.Sort(keys, order);
        var own = new int[given.Count + 3];
        foreach (var i in order)
        {
            if ((triangulation.points.Count & 0x3FF) == 0) cancellationToken.ThrowIfCancellationRequested();
            own[triangulation.points.Count] = i;
            triangulation.points.Add((given[i].X, given[i].Y));
            if (!triangulation.Insert(triangulation.points.Count - 1)) triangulation.points.RemoveAt(triangulation.points.Count - 1);
        }

        return [.. triangulation.cells.Where(cell => cell is { Alive: true, A: > 2, B: > 2, C: > 2 })
            .Select(cell => (own[cell.A], own[cell.B], own[cell.C]))];
    }

    private bool Insert(int point)
    {
        var p = points[point];
        var start = Locate(p);
        foreach (var corner in (ReadOnlySpan<int>)[cells[start].A, cells[start].B, cells[start].C])
            if (points[corner] == p) return false;

        cavity.Clear();
        rim.Clear();
        cavity.Add(start);
        cells[start].Alive = false;
        for (var next = 0; next < cavity.Count; next++)
        {
            var cell = cells[cavity[next]];
            Cross(cell.A, cell.B, cell.N2, p);
            Cross(cell.B, cell.C, cell.N0, p);
            Cross(cell.C, cell.A, cell.N1, p);
        }

        foreach (var index in cavity) free.Push(index);
        var fan = new Dictionary<int, int>(rim.Count);
        var made = new int[rim.Count];
        for (var i = 0; i < rim.Count; i++)
        {
            var (from, to, outside) = rim[i];
            var index = made[i] = Take(new Cell(from, to, point) { N2 = outside });
            fan[from] = index;
            if (outside >= 0) Relink(outside, from, to, index);
        }

        for (var i = 0; i < rim.Count; i++)
        {
            // The neighbour across (to, point) begins at 'to'; it sees this cell across its own (point, from).
            var neighbor = fan[rim[i].To];
            cells[made[i]].N0 = neighbor;
            cells[neighbor].N1 = made[i];
        }

        last = made[0];
        return true;
    }

    private void Cross(int from, int to, int neighbor, (double X, double Y) p)
    {
        if (neighbor >= 0 && !cells[neighbor].Alive) return;
        if (neighbor >= 0 && InCircle(cells[neighbor], p))
        {
            cells[neighbor].Alive = false;
            cavity.Add(neighbor);
            return;
        }

        rim.Add((from, to, neighbor));
    }

    private int Take(Cell cell)
    {
        if (free.TryPop(out var index))
        {
            cells[index] = cell;
            return index;
        }

        cells.Add(cell);
        return cells.Count - 1;
    }

    private void Relink(int outside, int from, int to, int index)
    {
        var cell = cells[outside];
        if (cell.B == from && cell.A == to) cell.N2 = index;
        else if (cell.C == from && cell.B == to) cell.N0 = index;
        else cell.N1 = index;
    }

    private int Locate((double X, double Y) p)
    {
        var at = last;
        for (var steps = 0; steps <= cells.Count; steps++)
        {
            var cell = cells[at];
            if (cell.N2 >= 0 && Turn(points[cell.A], points[cell.B], p) < 0) at = cell.N2;
            else if (cell.N0 >= 0 && Turn(points[cell.B], points[cell.C], p) < 0) at = cell.N0;
            else if (cell.N1 >= 0 && Turn(points[cell.C], points[cell.A], p) < 0) at = cell.N1;
            else return at;
        }

        // Rounding can lead the walk in a circle; looking everywhere cannot.
        return cells.FindIndex(cell => cell.Alive && InCircle(cell, p));
    }

    private static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) p) =>
        ((b.X - a.X) * (p.Y - a.Y)) - ((b.Y - a.Y) * (p.X - a.X));

    private bool InCircle(Cell cell, (double X, double Y) p)
    {
        var (a, b, c) = (points[cell.A], points[cell.B], points[cell.C]);
        double ax = a.X - p.X, ay = a.Y - p.Y, bx = b.X - p.X, by = b.Y - p.Y, cx = c.X - p.X, cy = c.Y - p.Y;
        double aa = (ax * ax) + (ay * ay), bb = (bx * bx) + (by * by), cc = (cx * cx) + (cy * cy);
        return (aa * ((bx * cy) - (by * cx))) - (bb * ((ax * cy) - (ay * cx))) + (cc * ((ax * by) - (ay * bx))) > 0;
    }

    // Corners in order of positive turn; each neighbour is across the side that faces the corner of the same place.
    private sealed class Cell(int a, int b, int c)
    {
        public int A => a;

        public int B => b;

        public int C => c;

        public int N0 { get; set; }

        public int N1 { get; set; }

        public int N2 { get; set; }

        public bool Alive { get; set; } = true;
    }
}
