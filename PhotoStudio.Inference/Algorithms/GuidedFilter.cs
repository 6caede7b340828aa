namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Guided image filter with a colour guide (He, Sun, Tang, "Guided Image Filtering", PAMI 2013): within every window
/// the output is a linear function of the guide's three channels, so that it follows the guide's edges. The
/// coefficients may be found on a reduced guide and applied at full size (He, Sun, "Fast Guided Filter", 2015).
/// </summary>
public sealed class GuidedFilter
{
    private readonly Plane slope0;
    private readonly Plane slope1;
    private readonly Plane slope2;
    private readonly Plane offset;

    private GuidedFilter(Plane slope0, Plane slope1, Plane slope2, Plane offset) =>
        (this.slope0, this.slope1, this.slope2, this.offset) = (slope0, slope1, slope2, offset);

    /// <summary>Finds the coefficients.</summary>
    /// <param name="guide">The guide, 0–1.</param>
    /// <param name="input">What is filtered; the guide's size.</param>
    /// <param name="radius">Window radius in pixels.</param>
    /// <param name="epsilon">Variance of the guide below which a window counts as flat.</param>
    /// <param name="weight">How much each pixel's input counts; null for all alike.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static GuidedFilter Fit(
        ColorPlanes guide, Plane input, int radius, float epsilon, Plane? weight = null, CancellationToken cancellationToken = default)
    {
        int width = guide.Width, height = guide.Height;
        float[] r = guide.C0.Data, g = guide.C1.Data, b = guide.C2.Data, p = input.Data;
        var w = weight?.Data;
        var total = w is null ? null : Box(i => w[i]);
        var means = new[] { Moment(i => r[i]), Moment(i => g[i]), Moment(i => b[i]), Moment(i => p[i]) };
        var moments = new[]
        {
            Moment(i => r[i] * r[i]), Moment(i => r[i] * g[i]), Moment(i => r[i] * b[i]), Moment(i => g[i] * g[i]),
            Moment(i => g[i] * b[i]), Moment(i => b[i] * b[i]),
            Moment(i => r[i] * p[i]), Moment(i => g[i] * p[i]), Moment(i => b[i] * p[i]),
        };

        Plane a0 = new(width, height), a1 = new(width, height), a2 = new(width, height), c = new(width, height);
        RowBands.Run(height, (first, end) =>
        {
            for (var i = first * width; i < end * width; i++)
            {
                float mr = means[0].Data[i], mg = means[1].Data[i], mb = means[2].Data[i], mp = means[3].Data[i];
                var covariance = new SymmetricMatrix3(
                    moments[0].Data[i] - (mr * mr) + epsilon, moments[1].Data[i] - (mr * mg), moments[2].Data[i] - (mr * mb),
                    moments[3].Data[i] - (mg * mg) + epsilon, moments[4].Data[i] - (mg * mb), moments[5].Data[i] - (mb * mb) + epsilon);
                var (x, y, z) = covariance.Inverse().Multiply(
                    moments[6].Data[i] - (mr * mp), moments[7].Data[i] - (mg * mp), moments[8].Data[i] - (mb * mp));
                (a0.Data[i], a1.Data[i], a2.Data[i]) = (x, y, z);
                c.Data[i] = mp - (x * mr) - (y * mg) - (z * mb);
            }
        }, cancellationToken);

        return new(
            BoxFilter.Mean(a0, radius, cancellationToken), BoxFilter.Mean(a1, radius, cancellationToken),
            BoxFilter.Mean(a2, radius, cancellationToken), BoxFilter.Mean(c, radius, cancellationToken));

        Plane Box(Func<int, float> value)
        {
            var plane = new Plane(width, height);
            RowBands.Run(height, (first, end) =>
            {
                for (var i = first * width; i < end * width; i++) plane.Data[i] = value(i);
            }, cancellationToken);
            return BoxFilter.Mean(plane, radius, cancellationToken);
        }

        Plane Moment(Func<int, float> value)
        {
            if (w is null) return Box(value);
            var plane = Box(i => w[i] * value(i));
            for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] /= Math.Max(total!.Data[i], 1e-6f);
            return plane;
        }
    }

    /// <summary>The filter's output for a guide of the size it was fitted to.</summary>
    public Plane Apply(ColorPlanes guide)
    {
        var result = new Plane(guide.Width, guide.Height);
        for (var i = 0; i < result.Data.Length; i++)
        {
            result.Data[i] = (slope0.Data[i] * guide.C0.Data[i]) + (slope1.Data[i] * guide.C1.Data[i])
                + (slope2.Data[i] * guide.C2.Data[i]) + offset.Data[i];
        }

        return result;
    }

    /// <summary>A reader of the coefficients at another size, row by row, for guides too large to hold as floats.</summary>
    public RowReader At(int width, int height) => new(this, width, height);

    /// <summary>Reads interpolated coefficients; one reader a thread.</summary>
    public sealed class RowReader
    {
        private readonly GuidedFilter filter;
        private readonly (int Low, int High, float Weight)[] columns;
        private readonly (int Low, int High, float Weight)[] rows;

        internal RowReader(GuidedFilter filter, int width, int height)
        {
            this.filter = filter;
            columns = AreaResize.Taps(filter.offset.Width, width);
            rows = AreaResize.Taps(filter.offset.Height, height);
            A0 = new float[width];
            A1 = new float[width];
            A2 = new float[width];
            B = new float[width];
        }

        /// <summary>Slope by the guide's first channel, for the row last read.</summary>
        public float[] A0 { get; }

        /// <summary>Slope by the guide's second channel.</summary>
        public float[] A1 { get; }

        /// <summary>Slope by the guide's third channel.</summary>
        public float[] A2 { get; }

        /// <summary>Offset.</summary>
        public float[] B { get; }

        /// <summary>Reads the coefficients of row <paramref name="y"/>.</summary>
        public void Read(int y)
        {
            AreaResize.BilinearRow(filter.slope0, columns, rows[y], A0);
            AreaResize.BilinearRow(filter.slope1, columns, rows[y], A1);
            AreaResize.BilinearRow(filter.slope2, columns, rows[y], A2);
            AreaResize.BilinearRow(filter.offset, columns, rows[y], B);
        }
    }
}
