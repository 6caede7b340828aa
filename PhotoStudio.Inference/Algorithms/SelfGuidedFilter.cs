namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Smoothing that keeps edges: the guided image filter of a plane by itself (He, Sun, Tang, "Guided Image Filtering", PAMI 2013). The
/// coefficients may be found on a shrunk plane and read at full size (He, Sun, "Fast Guided Filter", 2015).
/// </summary>
public sealed class SelfGuidedFilter
{
    private readonly Plane slope;
    private readonly Plane offset;

    private SelfGuidedFilter(Plane slope, Plane offset) => (this.slope, this.offset) = (slope, offset);

    /// <summary>Finds the coefficients: the smoothed value is slope × value + offset.</summary>
    /// <param name="plane">What is smoothed, also its guide.</param>
    /// <param name="radius">Window radius in pixels.</param>
    /// <param name="epsilon">Variance below which a window counts as flat.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SelfGuidedFilter Fit(Plane plane, int radius, float epsilon, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plane);
        var mean = BoxFilter.Mean(plane, radius, cancellationToken);
        var square = BoxFilter.Mean(plane.Map(value => value * value, cancellationToken), radius, cancellationToken);
        Plane slopes = new(plane.Width, plane.Height), offsets = new(plane.Width, plane.Height);
        for (var i = 0; i < plane.Data.Length; i++)
        {
            var variance = Math.Max(0, square.Data[i] - (mean.Data[i] * mean.Data[i]));
            slopes.Data[i] = variance / (variance + epsilon);
            offsets.Data[i] = mean.Data[i] * (1 - slopes.Data[i]);
        }

        return new(BoxFilter.Mean(slopes, radius, cancellationToken), BoxFilter.Mean(offsets, radius, cancellationToken));
    }

    /// <summary>The smoothed plane, of the size it was fitted to.</summary>
    public Plane Apply(Plane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        var result = new Plane(plane.Width, plane.Height);
        for (var i = 0; i < result.Data.Length; i++) result.Data[i] = (slope.Data[i] * plane.Data[i]) + offset.Data[i];
        return result;
    }

    /// <summary>A reader of the coefficients at another size, row by row.</summary>
    public RowReader At(int width, int height) => new(this, width, height);

    /// <summary>Reads interpolated coefficients; one reader a thread.</summary>
    public sealed class RowReader
    {
        private readonly SelfGuidedFilter filter;
        private readonly (int Low, int High, float Weight)[] columns;
        private readonly (int Low, int High, float Weight)[] rows;

        internal RowReader(SelfGuidedFilter filter, int width, int height)
        {
            this.filter = filter;
            columns = AreaResize.Taps(filter.slope.Width, width);
            rows = AreaResize.Taps(filter.slope.Height, height);
            Slope = new float[width];
            Offset = new float[width];
        }

        /// <summary>Slopes of the row last read.</summary>
        public float[] Slope { get; }

        /// <summary>Offsets of the row last read.</summary>
        public float[] Offset { get; }

        /// <summary>Reads the coefficients of row <paramref name="y"/>.</summary>
        public void Read(int y)
        {
            AreaResize.BilinearRow(filter.slope, columns, rows[y], Slope);
            AreaResize.BilinearRow(filter.offset, columns, rows[y], Offset);
        }
    }
}
