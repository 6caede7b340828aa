namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Random points that keep a distance from each other which may differ from place to place: darts on a mask of taken discs (after Cook,
/// "Stochastic sampling in computer graphics", 1986, and Dunbar, Humphreys 2006). It goes on until no place is left.
/// </summary>
public static class PoissonDiscs
{
    /// <summary>Scatters points over a picture.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="distance">
    /// The distance in pixels that later points keep from a point here, at least 1; above <paramref name="smallest"/> it is met exactly.
    /// </param>
    /// <param name="smallest">The smallest distance there is; sets the fineness of the trials.</param>
    /// <param name="random">Chance.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Points with pixel centres at whole numbers, in random order.</returns>
    public static IReadOnlyList<(float X, float Y)> Scatter(
        int width,
        int height,
        Func<int, int, float> distance,
        float smallest,
        SeededRandom random,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(distance);
        ArgumentNullException.ThrowIfNull(random);

        // A trial in every cell a third of the smallest distance wide leaves no room for another point.
        var cell = Math.Max(1, smallest / 3);
        int columns = (int)MathF.Ceiling(width / cell), rows = (int)MathF.Ceiling(height / cell);
        var order = new int[columns * rows];
        for (var i = 0; i < order.Length; i++)
        {
            var j = random.Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        var taken = new bool[width * height];
        var points = new List<(float X, float Y)>();
        for (var trial = 0; trial < order.Length; trial++)
        {
            if ((trial & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var (row, column) = Math.DivRem(order[trial], columns);
            float x = (column + random.Unit()) * cell, y = (row + random.Unit()) * cell;
            int px = Math.Min((int)x, width - 1), py = Math.Min((int)y, height - 1);
            if (taken[(py * width) + px]) continue;
            points.Add((px, py));
            Take(taken, width, height, px, py, Math.Max(1, distance(px, py)));
        }

        return points;
    }

    private static void Take(bool[] taken, int width, int height, int x, int y, float radius)
    {
        var reach = (int)radius;
        for (var row = Math.Max(0, y - reach); row <= Math.Min(height - 1, y + reach); row++)
        {
            var half = (int)MathF.Sqrt((radius * radius) - ((row - y) * (row - y)));
            int left = Math.Max(0, x - half), right = Math.Min(width - 1, x + half);
            taken.AsSpan((row * width) + left, right - left + 1).Fill(true);
        }
    }
}
