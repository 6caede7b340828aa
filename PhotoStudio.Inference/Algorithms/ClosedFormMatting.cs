namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Alpha matting by the matting Laplacian of 3×3 windows (Levin, Lischinski, Weiss, "A Closed-Form Solution to
/// Natural Image Matting", PAMI 2008), solved by conjugate gradients over the unknown pixels only. The Laplacian is
/// never stored: its product with an alpha is a local linear fit in every window (He, Sun, Tang, "Fast Matting Using
/// Large Kernel Matting Laplacian Matrices", CVPR 2010). A guess with a weight may be given for every unknown
/// pixel, as sampling methods do (Wang, Cohen, "Optimized Color Sampling for Robust Matting", CVPR 2007).
/// </summary>
public sealed class ClosedFormMatting
{
    private readonly int width;
    private readonly int[] unknown;
    private readonly int[] windows;
    private readonly int[] windowOf;
    private readonly float[] colors;
    private readonly float[] means;
    private readonly SymmetricMatrix3[] inverses;
    private readonly float[] slopes;

    private ClosedFormMatting(ColorPlanes rgb, ReadOnlySpan<bool> free, float epsilon, CancellationToken cancellationToken)
    {
        width = rgb.Width;
        var height = rgb.Height;
        var list = new List<int>();
        windowOf = new int[width * height];
        Array.Fill(windowOf, -1);
        var centers = new List<int>();
        for (var i = 0; i < free.Length; i++)
        {
            if (!free[i]) continue;
            list.Add(i);
            int x = i % width, y = i / width;
            for (var cy = Math.Max(1, y - 1); cy <= Math.Min(height - 2, y + 1); cy++)
            {
                for (var cx = Math.Max(1, x - 1); cx <= Math.Min(width - 2, x + 1); cx++)
                {
                    var c = (cy * width) + cx;
                    if (windowOf[c] >= 0) continue;
                    windowOf[c] = centers.Count;
                    centers.Add(c);
                }
            }
        }

        unknown = [.. list];
        windows = [.. centers];
        colors = new float[width * height * 3];
        for (var i = 0; i < width * height; i++)
            (colors[i * 3], colors[(i * 3) + 1], colors[(i * 3) + 2]) = (rgb.C0.Data[i], rgb.C1.Data[i], rgb.C2.Data[i]);
        means = new float[windows.Length * 3];
        inverses = new SymmetricMatrix3[windows.Length];
        slopes = new float[windows.Length * 4];
        RowBands.Run(windows.Length, (first, end) =>
        {
            for (var k = first; k < end; k++) PrepareWindow(k, epsilon);
        }, cancellationToken);
    }

    /// <summary>Solves for alpha.</summary>
    /// <param name="rgb">The image, 0–1, at least 3×3.</param>
    /// <param name="alpha">Known values, and a first guess on the unknown pixels; solved in place.</param>
    /// <param name="free">True for unknown pixels.</param>
    /// <param name="guess">Guessed alpha of the unknown pixels; null for none.</param>
    /// <param name="guessWeight">Weight of each guess against the Laplacian, at least zero.</param>
    /// <param name="epsilon">Regularisation of the windows' covariances, in squared colour units.</param>
    /// <param name="iterations">At most this many steps of the solver.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Solve(
        ColorPlanes rgb, Plane alpha, ReadOnlySpan<bool> free, Plane? guess, Plane? guessWeight,
        float epsilon = 1e-5f, int iterations = 60, CancellationToken cancellationToken = default)
    {
        if (rgb.Width < 3 || rgb.Height < 3) return;
        var matting = new ClosedFormMatting(rgb, free, epsilon, cancellationToken);
        if (matting.unknown.Length > 0) matting.Iterate(alpha, guess, guessWeight, iterations, cancellationToken);
    }

    // Moments are taken about the window's own mean, and in double: colours of one window differ by little.
    private void PrepareWindow(int k, float epsilon)
    {
        const double ninth = 1.0 / 9;
        double r = 0, g = 0, b = 0;
        for (var n = 0; n < 9; n++)
        {
            var i = Member(k, n) * 3;
            r += colors[i] * ninth;
            g += colors[i + 1] * ninth;
            b += colors[i + 2] * ninth;
        }

        (means[k * 3], means[(k * 3) + 1], means[(k * 3) + 2]) = ((float)r, (float)g, (float)b);
        double rr = epsilon * ninth, rg = 0, rb = 0, gg = rr, gb = 0, bb = rr;
        for (var n = 0; n < 9; n++)
        {
            var i = Member(k, n) * 3;
            double x = colors[i] - r, y = colors[i + 1] - g, z = colors[i + 2] - b;
            rr += x * x * ninth;
            rg += x * y * ninth;
            rb += x * z * ninth;
            gg += y * y * ninth;
            gb += y * z * ninth;
            bb += z * z * ninth;
        }

        double xx = (gg * bb) - (gb * gb), xy = (rb * gb) - (rg * bb), xz = (rg * gb) - (rb * gg);
        var scale = 1 / ((rr * xx) + (rg * xy) + (rb * xz));
        inverses[k] = new(
            (float)(xx * scale), (float)(xy * scale), (float)(xz * scale),
            (float)(((rr * bb) - (rb * rb)) * scale), (float)(((rg * rb) - (rr * gb)) * scale), (float)(((rr * gg) - (rg * rg)) * scale));
    }

    private int Member(int k, int n) => windows[k] + (((n / 3) - 1) * width) + (n % 3) - 1;

    private void Iterate(Plane alpha, Plane? guess, Plane? guessWeight, int iterations, CancellationToken cancellationToken)
    {
        // Unknowns u: (L + W) u = W g − L k, where k is the known part. The search direction lives on the full grid with
        // zeros at the known pixels, so that one product serves both sides.
        var count = unknown.Length;
        float[] residual = new float[count], direction = new float[count], product = new float[count], preconditioned = new float[count];
        var inverse = new float[count];
        var field = (float[])alpha.Data.Clone();
        Multiply(field, product, cancellationToken);
        for (var n = 0; n < count; n++)
        {
            var i = unknown[n];
            var w = guessWeight?.Data[i] ?? 0;
            residual[n] = (w * ((guess?.Data[i] ?? 0) - field[i])) - product[n];
            inverse[n] = 1 / (Diagonal(i) + w + 1e-6f);
        }

        Array.Clear(field);
        double rho = 0;
        for (var n = 0; n < count; n++)
        {
            direction[n] = preconditioned[n] = inverse[n] * residual[n];
            rho += residual[n] * preconditioned[n];
        }

        var target = rho * 1e-6;
        for (var iteration = 0; iteration < iterations && rho > target && rho > 1e-12; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var n = 0; n < count; n++) field[unknown[n]] = direction[n];
            Multiply(field, product, cancellationToken);
            double curvature = 0;
            for (var n = 0; n < count; n++)
            {
                product[n] += (guessWeight?.Data[unknown[n]] ?? 0) * direction[n];
                curvature += direction[n] * product[n];
            }

            if (curvature <= 0) break;
            var step = (float)(rho / curvature);
            double next = 0;
            for (var n = 0; n < count; n++)
            {
                alpha.Data[unknown[n]] += step * direction[n];
                residual[n] -= step * product[n];
                preconditioned[n] = inverse[n] * residual[n];
                next += residual[n] * preconditioned[n];
            }

            var ratio = (float)(next / rho);
            for (var n = 0; n < count; n++) direction[n] = preconditioned[n] + (ratio * direction[n]);
            rho = next;
        }

        foreach (var i in unknown) alpha.Data[i] = Math.Clamp(alpha.Data[i], 0f, 1f);
    }

    // The diagonal of the Laplacian: for every window around the pixel, 1 − (1 + dᵀ Σ⁻¹ d) / 9.
    private float Diagonal(int i)
    {
        float sum = 0;
        for (var dy = -width; dy <= width; dy += width)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                var k = Window(i + dy + dx);
                if (k < 0) continue;
                float x = colors[i * 3] - means[k * 3], y = colors[(i * 3) + 1] - means[(k * 3) + 1];
                var z = colors[(i * 3) + 2] - means[(k * 3) + 2];
                var (u, v, w) = inverses[k].Multiply(x, y, z);
                sum += 1 - ((1 + (x * u) + (y * v) + (z * w)) / 9);
            }
        }

        return sum;
    }

    private int Window(int center) => (uint)center < (uint)windowOf.Length ? windowOf[center] : -1;

    private void Multiply(float[] field, float[] product, CancellationToken cancellationToken)
    {
        RowBands.Run((windows.Length + 63) / 64, (first, end) =>
        {
            for (var k = first * 64; k < Math.Min(windows.Length, end * 64); k++) FitWindow(k, field);
        }, cancellationToken);
        RowBands.Run((unknown.Length + 63) / 64, (first, end) =>
        {
            for (var n = first * 64; n < Math.Min(unknown.Length, end * 64); n++) product[n] = Gather(unknown[n], field[unknown[n]]);
        }, cancellationToken);
    }

    private void FitWindow(int k, float[] field)
    {
        float sum = 0, r = 0, g = 0, b = 0, mr = means[k * 3], mg = means[(k * 3) + 1], mb = means[(k * 3) + 2];
        for (var row = windows[k] - width - 1; row <= windows[k] + width - 1; row += width)
        {
            for (var i = row; i < row + 3; i++)
            {
                var p = field[i];
                sum += p;
                r += p * (colors[i * 3] - mr);
                g += p * (colors[(i * 3) + 1] - mg);
                b += p * (colors[(i * 3) + 2] - mb);
            }
        }

        const float ninth = 1f / 9;
        var mean = sum * ninth;
        var (x, y, z) = inverses[k].Multiply(r * ninth, g * ninth, b * ninth);
        slopes[k * 4] = x;
        slopes[(k * 4) + 1] = y;
        slopes[(k * 4) + 2] = z;
        slopes[(k * 4) + 3] = mean - (x * mr) - (y * mg) - (z * mb);
    }

    private float Gather(int i, float value)
    {
        float x = 0, y = 0, z = 0, offset = 0;
        var count = 0;
        for (var row = i - width - 1; row <= i + width - 1; row += width)
        {
            for (var c = row; c < row + 3; c++)
            {
                var k = Window(c);
                if (k < 0) continue;
                count++;
                x += slopes[k * 4];
                y += slopes[(k * 4) + 1];
                z += slopes[(k * 4) + 2];
                offset += slopes[(k * 4) + 3];
            }
        }

        return (count * value) - (x * colors[i * 3]) - (y * colors[(i * 3) + 1]) - (z * colors[(i * 3) + 2]) - offset;
    }
}
