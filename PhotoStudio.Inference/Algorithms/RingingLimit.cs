namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Keeps an enlarged plane from ringing more than bicubic interpolation does: a value stays within the 3×3 source values around it, or
/// within what interpolation made there.
/// </summary>
public static class RingingLimit
{
    /// <summary>Holds the values of a plane.</summary>
    /// <param name="result">The enlarged plane; changed in place.</param>
    /// <param name="source">The plane it came from.</param>
    /// <param name="bicubic">The same, enlarged by bicubic interpolation to the size of <paramref name="result"/>.</param>
    /// <param name="nearest">The source position under each target position, columns and rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Apply(
        Plane result, Plane source, Plane bicubic, (int[] Columns, int[] Rows) nearest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(bicubic);
        Plane low = Extreme(source, Math.Min), high = Extreme(source, Math.Max);
        RowBands.Run(result.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                ReadOnlySpan<float> least = low.Row(nearest.Rows[y]), most = high.Row(nearest.Rows[y]), before = bicubic.Row(y);
                var row = result.Row(y);
                for (var x = 0; x < row.Length; x++)
                {
                    var at = nearest.Columns[x];
                    row[x] = Math.Clamp(row[x], Math.Min(least[at], before[x]), Math.Max(most[at], before[x]));
                }
            }
        }, cancellationToken);
    }

    /// <summary>The least or greatest value of each 3×3 neighbourhood.</summary>
    private static Plane Extreme(Plane plane, Func<float, float, float> choose)
    {
        int width = plane.Width, height = plane.Height;
        Plane across = new(width, height), result = new(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                across[x, y] = choose(plane[x, y], choose(plane[Math.Max(0, x - 1), y], plane[Math.Min(width - 1, x + 1), y]));
        }

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                result[x, y] = choose(across[x, y], choose(across[x, Math.Max(0, y - 1)], across[x, Math.Min(height - 1, y + 1)]));
        }

        return result;
    }
}
