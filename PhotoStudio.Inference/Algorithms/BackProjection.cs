namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Enlarging by iterated back-projection (M. Irani, S. Peleg, "Improving Resolution by Image Registration", 1991): the enlarged plane is
/// changed until, shrunk again, it is the plane it came from. Where that would ring more than bicubic interpolation does, the value is held
/// within the neighbouring source values.
/// </summary>
public static class BackProjection
{
    /// <summary>How far from a value others have influence on it, in source pixels: pictures cut into tiles overlap by it.</summary>
    public const int Reach = 20;

    private const int Rounds = 4;

    /// <summary>Enlarges a plane.</summary>
    /// <param name="source">The plane.</param>
    /// <param name="start">The same, enlarged by the taps <paramref name="grow"/>.</param>
    /// <param name="grow">Taps from the source to the target, columns and rows.</param>
    /// <param name="shrink">Taps back.</param>
    /// <param name="nearest">The source position under each target position, columns and rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Plane Enlarge(
        Plane source,
        Plane start,
        (BicubicTaps Columns, BicubicTaps Rows) grow,
        (BicubicTaps Columns, BicubicTaps Rows) shrink,
        (int[] Columns, int[] Rows) nearest,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(start);
        var result = start.Clone();
        for (var round = 0; round < Rounds; round++)
        {
            var missing = BicubicTaps.Resample(result, shrink.Columns, shrink.Rows, cancellationToken);
            for (var i = 0; i < missing.Data.Length; i++) missing.Data[i] = source.Data[i] - missing.Data[i];
            var more = BicubicTaps.Resample(missing, grow.Columns, grow.Rows, cancellationToken);
            System.Numerics.Tensors.TensorPrimitives.Add(result.Data, more.Data, result.Data);
        }

        Plane low = Extreme(source, Math.Min), high = Extreme(source, Math.Max);
        RowBands.Run(result.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                ReadOnlySpan<float> least = low.Row(nearest.Rows[y]), most = high.Row(nearest.Rows[y]), before = start.Row(y);
                var row = result.Row(y);
                for (var x = 0; x < row.Length; x++)
                {
                    var at = nearest.Columns[x];
                    row[x] = Math.Clamp(row[x], Math.Min(least[at], before[x]), Math.Max(most[at], before[x]));
                }
            }
        }, cancellationToken);
        return result;
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
