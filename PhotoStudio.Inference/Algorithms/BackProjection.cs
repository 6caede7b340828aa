namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Enlarging by iterated back-projection (M. Irani, S. Peleg, "Improving Resolution by Image Registration", 1991): the enlarged plane is
/// changed until, shrunk again, it is the plane it came from, and held by <see cref="RingingLimit"/>.
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

        RingingLimit.Apply(result, source, start, nearest, cancellationToken);
        return result;
    }
}
