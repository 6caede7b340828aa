namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// Which way edges and strands run at every pixel: the smoothed structure tensor (Brox et al., "Adaptive structure tensors", 2006) and
/// the eigenvector of its smaller eigenvalue, as in Kyprianidis, Kang, Döllner, "Image and Video Abstraction by Anisotropic Kuwahara
/// Filtering", CGF 2009.
/// </summary>
public sealed class FlowField
{
    private FlowField(Plane tangentX, Plane tangentY, Plane anisotropy, Plane energy) =>
        (TangentX, TangentY, Anisotropy, Energy) = (tangentX, tangentY, anisotropy, energy);

    /// <summary>X of the unit vector along the edge; the sign has no meaning.</summary>
    public Plane TangentX { get; }

    /// <summary>Y of the unit vector along the edge, downwards.</summary>
    public Plane TangentY { get; }

    /// <summary>How much one direction prevails, 0 (none) to 1.</summary>
    public Plane Anisotropy { get; }

    /// <summary>Root of the larger eigenvalue: how strong the edges are, in units of the planes per pixel.</summary>
    public Plane Energy { get; }

    /// <summary>Width in pixels.</summary>
    public int Width => TangentX.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => TangentX.Height;

    /// <summary>Finds the directions.</summary>
    /// <param name="colors">The image; gradients of the three planes add up (Di Zenzo 1986).</param>
    /// <param name="sigma">Standard deviation of the smoothing, in pixels.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static FlowField Find(ColorPlanes colors, float sigma, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(colors);
        int width = colors.Width, height = colors.Height;
        Plane xx = new(width, height), xy = new(width, height), yy = new(width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    Add(colors.C0, y, xx, xy, yy);
                    Add(colors.C1, y, xx, xy, yy);
                    Add(colors.C2, y, xx, xy, yy);
                }
            },
            cancellationToken);
        xx = GaussianFilter.Blur(xx, sigma, cancellationToken);
        xy = GaussianFilter.Blur(xy, sigma, cancellationToken);
        yy = GaussianFilter.Blur(yy, sigma, cancellationToken);
        Plane tangentX = new(width, height), tangentY = new(width, height);
        RowBands.Run(height, (first, end) => Solve(xx.Data, xy.Data, yy.Data, tangentX.Data, tangentY.Data, first * width, end * width), cancellationToken);
        return new(tangentX, tangentY, xx, xy);
    }

    // Scharr's rotation-symmetric derivative.
    private static void Add(Plane plane, int y, Plane xx, Plane xy, Plane yy)
    {
        const float Side = 3 / 32f, Middle = 10 / 32f;
        ReadOnlySpan<float> above = plane.Row(Math.Max(y - 1, 0)), row = plane.Row(y), below = plane.Row(Math.Min(y + 1, plane.Height - 1));
        Span<float> a = xx.Row(y), b = xy.Row(y), c = yy.Row(y);
        for (var x = 0; x < row.Length; x++)
        {
            int left = x > 0 ? x - 1 : 0, right = x + 1 < row.Length ? x + 1 : x;
            var dx = (Side * (above[right] - above[left] + below[right] - below[left])) + (Middle * (row[right] - row[left]));
            var dy = (Side * (below[left] - above[left] + below[right] - above[right])) + (Middle * (below[x] - above[x]));
            a[x] += dx * dx;
            b[x] += dx * dy;
            c[x] += dy * dy;
        }
    }

    // The tensor's planes become anisotropy (in the first) and energy (in the second).
    private static void Solve(float[] xx, float[] xy, float[] yy, float[] tangentX, float[] tangentY, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            float e = xx[i], f = xy[i], g = yy[i];
            var root = MathF.Sqrt(((e - g) * (e - g)) + (4 * f * f));
            float major = (e + g + root) / 2, minor = (e + g - root) / 2;
            float x = f, y = g - minor;
            if (e > g) (x, y) = (e - minor, f);

            // (x, y) points across the edge; the tangent is at a right angle to it.
            var length = MathF.Sqrt((x * x) + (y * y));
            (tangentX[i], tangentY[i]) = length > 1e-12f ? (-y / length, x / length) : (0, 1);
            xx[i] = major + minor > 1e-10f ? root / (major + minor) : 0;
            xy[i] = MathF.Sqrt(Math.Max(major, 0));
        }
    }
}
