namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Weights of bicubic resampling along one side (R. Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981, a = −½):
/// for shrinking the kernel is widened, so that nothing aliases. Pixel centres are aligned and borders mirrored. A window of the source and
/// of the target can be worked on alone.
/// </summary>
public sealed class BicubicTaps
{
    private BicubicTaps(int count, int[] positions, float[] weights) => (Count, Positions, Weights) = (count, positions, weights);

    /// <summary>Taps for each target value.</summary>
    public int Count { get; }

    /// <summary>Target values.</summary>
    public int Length => Positions.Length / Count;

    /// <summary>Where the taps are in the source's window, <see cref="Count"/> for each target value.</summary>
    public int[] Positions { get; }

    /// <summary>Their weights; those of a target value add up to 1.</summary>
    public float[] Weights { get; }

    /// <summary>Makes the taps.</summary>
    /// <param name="source">Length of the whole source.</param>
    /// <param name="target">Length of the whole target.</param>
    /// <param name="from">The source's window; what is outside is mirrored into it.</param>
    /// <param name="to">The target's window.</param>
    public static BicubicTaps For(int source, int target, (int First, int Length) from, (int First, int Length) to)
    {
        double scale = (double)source / target, stretch = Math.Max(1, scale);
        var count = (int)Math.Ceiling(4 * stretch) + 1;
        var positions = new int[to.Length * count];
        var weights = new float[to.Length * count];
        for (var i = 0; i < to.Length; i++)
        {
            var center = ((to.First + i + 0.5) * scale) - 0.5;
            var first = (int)Math.Floor(center - (2 * stretch)) + 1;
            double sum = 0;
            for (var k = 0; k < count; k++) sum += Kernel((first + k - center) / stretch);
            for (var k = 0; k < count; k++)
            {
                positions[(i * count) + k] = Mirror(first + k - from.First, from.Length);
                weights[(i * count) + k] = (float)(Kernel((first + k - center) / stretch) / sum);
            }
        }

        return new(count, positions, weights);
    }

    /// <summary>The taps of a whole side.</summary>
    public static BicubicTaps For(int source, int target) => For(source, target, (0, source), (0, target));

    /// <summary>Resamples a plane along both sides, the cheaper one first.</summary>
    public static Plane Resample(Plane plane, BicubicTaps columns, BicubicTaps rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        return columns.Length <= plane.Width && rows.Length <= plane.Height
            ? columns.Across(rows.Down(plane, cancellationToken), cancellationToken)
            : rows.Down(columns.Across(plane, cancellationToken), cancellationToken);
    }

    private static double Kernel(double x)
    {
        x = Math.Abs(x);
        return x <= 1 ? (((1.5 * x) - 2.5) * x * x) + 1 : x < 2 ? ((((-0.5 * x) + 2.5) * x) - 4) * x + 2 : 0;
    }

    private static int Mirror(int position, int length)
    {
        while (position < 0 || position >= length) position = position < 0 ? -1 - position : (2 * length) - 1 - position;
        return position;
    }

    private Plane Across(Plane plane, CancellationToken cancellationToken)
    {
        var result = new Plane(Length, plane.Height);
        RowBands.Run(plane.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                ReadOnlySpan<float> from = plane.Row(y);
                var to = result.Row(y);
                for (int x = 0, at = 0; x < to.Length; x++)
                {
                    float sum = 0;
                    for (var k = 0; k < Count; k++, at++) sum += Weights[at] * from[Positions[at]];
                    to[x] = sum;
                }
            }
        }, cancellationToken);
        return result;
    }

    private Plane Down(Plane plane, CancellationToken cancellationToken)
    {
        var result = new Plane(plane.Width, Length);
        RowBands.Run(Length, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var to = result.Row(y);
                for (var k = y * Count; k < (y + 1) * Count; k++)
                {
                    if (Weights[k] != 0) System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(plane.Row(Positions[k]), Weights[k], to, to);
                }
            }
        }, cancellationToken);
        return result;
    }
}
