namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// A mixture of Gaussians with full covariances over three-dimensional colours, fitted by k-means (seeded farthest
/// first, hence deterministic) and then expectation–maximisation (Bishop, "Pattern Recognition and Machine Learning", ch. 9).
/// </summary>
public sealed class GaussianMixture
{
    private readonly Component[] components;

    private GaussianMixture(Component[] components) => this.components = components;

    /// <summary>The number of Gaussians; those that lost all their samples are dropped.</summary>
    public int Count => components.Length;

    /// <summary>Fits a mixture to weighted samples.</summary>
    /// <param name="samples">Colours: three values each.</param>
    /// <param name="weights">Weight of each sample, at least zero, with a positive sum.</param>
    /// <param name="count">Gaussians wanted; fewer when the samples have fewer distinct colours.</param>
    /// <param name="noise">Variance added to every axis, in squared units of the samples; keeps flat regions from a density without bound.</param>
    /// <param name="iterations">Rounds of expectation–maximisation.</param>
    public static GaussianMixture Fit(ReadOnlySpan<float> samples, ReadOnlySpan<float> weights, int count, float noise, int iterations = 4)
    {
        if (samples.Length != weights.Length * 3) throw new ArgumentException("Three values a sample are needed.", nameof(samples));
        var assignment = KMeans(samples, weights, ref count);
        var responsibilities = new float[weights.Length * count];
        for (var i = 0; i < weights.Length; i++) responsibilities[(i * count) + assignment[i]] = weights[i];
        var fitted = Maximize(samples, responsibilities, count, noise);
        Span<float> log = stackalloc float[count];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            count = fitted.Length;
            for (var i = 0; i < weights.Length; i++)
            {
                var best = float.NegativeInfinity;
                for (var k = 0; k < count; k++)
                {
                    log[k] = fitted[k].LogDensity(samples[i * 3], samples[(i * 3) + 1], samples[(i * 3) + 2]);
                    best = Math.Max(best, log[k]);
                }

                float sum = 0;
                for (var k = 0; k < count; k++) sum += log[k] = MathF.Exp(log[k] - best);
                for (var k = 0; k < count; k++) responsibilities[(i * count) + k] = weights[i] * log[k] / sum;
            }

            fitted = Maximize(samples, responsibilities.AsSpan(0, weights.Length * count), count, noise);
        }

        return new(fitted);
    }

    /// <summary>Natural logarithm of the density at a colour.</summary>
    public float LogDensity(float x, float y, float z)
    {
        Span<float> log = stackalloc float[components.Length];
        var best = float.NegativeInfinity;
        for (var k = 0; k < components.Length; k++)
        {
            log[k] = components[k].LogDensity(x, y, z);
            best = Math.Max(best, log[k]);
        }

        float sum = 0;
        foreach (var value in log)
            if (value > best - 12) sum += MathF.Exp(value - best);
        return best + MathF.Log(sum);
    }

    private static int[] KMeans(ReadOnlySpan<float> samples, ReadOnlySpan<float> weights, ref int count)
    {
        var length = weights.Length;
        var assignment = new int[length];
        var nearest = new float[length];
        Array.Fill(nearest, float.MaxValue);
        var centers = new float[count * 3];

        // The first centre is the mean; each next one the sample with the largest weighted distance from those there are.
        double total = 0;
        Span<double> mean = stackalloc double[3];
        for (var i = 0; i < length; i++)
        {
            total += weights[i];
            for (var d = 0; d < 3; d++) mean[d] += weights[i] * samples[(i * 3) + d];
        }

        if (!(total > 0)) throw new ArgumentException("The weights must have a positive sum.", nameof(weights));
        for (var d = 0; d < 3; d++) centers[d] = (float)(mean[d] / total);
        for (var k = 1; k < count; k++)
        {
            int farthest = -1;
            float far = 1e-6f;
            for (var i = 0; i < length; i++)
            {
                nearest[i] = Math.Min(nearest[i], Squared(samples, i, centers, k - 1));
                if (nearest[i] * weights[i] <= far) continue;
                far = nearest[i] * weights[i];
                farthest = i;
            }

            if (farthest < 0)
            {
                count = k;
                break;
            }

            samples.Slice(farthest * 3, 3).CopyTo(centers.AsSpan(k * 3));
        }

        var sums = new double[count * 4];
        for (var iteration = 0; iteration < 6; iteration++)
        {
            Array.Clear(sums);
            for (var i = 0; i < length; i++)
            {
                var best = float.MaxValue;
                for (var k = 0; k < count; k++)
                {
                    var d = Squared(samples, i, centers, k);
                    if (d >= best) continue;
                    best = d;
                    assignment[i] = k;
                }

                var sum = sums.AsSpan(assignment[i] * 4, 4);
                for (var d = 0; d < 3; d++) sum[d] += weights[i] * samples[(i * 3) + d];
                sum[3] += weights[i];
            }

            for (var k = 0; k < count; k++)
            {
                if (sums[(k * 4) + 3] <= 0) continue;
                for (var d = 0; d < 3; d++) centers[(k * 3) + d] = (float)(sums[(k * 4) + d] / sums[(k * 4) + 3]);
            }
        }

        return assignment;
    }

    private static float Squared(ReadOnlySpan<float> samples, int i, float[] centers, int k)
    {
        float x = samples[i * 3] - centers[k * 3], y = samples[(i * 3) + 1] - centers[(k * 3) + 1];
        var z = samples[(i * 3) + 2] - centers[(k * 3) + 2];
        return (x * x) + (y * y) + (z * z);
    }

    private static Component[] Maximize(ReadOnlySpan<float> samples, ReadOnlySpan<float> responsibilities, int count, float noise)
    {
        var length = samples.Length / 3;
        var sums = new double[count * 10];
        double total = 0;
        for (var i = 0; i < length; i++)
        {
            double x = samples[i * 3], y = samples[(i * 3) + 1], z = samples[(i * 3) + 2];
            for (var k = 0; k < count; k++)
            {
                double w = responsibilities[(i * count) + k];
                if (w <= 0) continue;
                var s = sums.AsSpan(k * 10, 10);
                s[0] += w;
                s[1] += w * x;
                s[2] += w * y;
                s[3] += w * z;
                s[4] += w * x * x;
                s[5] += w * x * y;
                s[6] += w * x * z;
                s[7] += w * y * y;
                s[8] += w * y * z;
                s[9] += w * z * z;
                total += w;
            }
        }

        var kept = new List<Component>(count);
        for (var k = 0; k < count; k++)
        {
            var s = sums.AsSpan(k * 10, 10);
            if (s[0] > total * 1e-5) kept.Add(Component.From(s, total, noise));
        }

        return [.. kept];
    }

    // log weight − ½ log |2πΣ| and Σ⁻¹, so that a density costs one quadratic form.
    private readonly record struct Component(
        float LogScale, float X, float Y, float Z, float Ixx, float Ixy, float Ixz, float Iyy, float Iyz, float Izz)
    {
        public static Component From(ReadOnlySpan<double> s, double total, float noise)
        {
            double w = s[0], x = s[1] / w, y = s[2] / w, z = s[3] / w;
            double xx = (s[4] / w) - (x * x) + noise, xy = (s[5] / w) - (x * y), xz = (s[6] / w) - (x * z);
            double yy = (s[7] / w) - (y * y) + noise, yz = (s[8] / w) - (y * z), zz = (s[9] / w) - (z * z) + noise;
            double cxx = (yy * zz) - (yz * yz), cxy = (xz * yz) - (xy * zz), cxz = (xy * yz) - (xz * yy);
            var determinant = Math.Max((xx * cxx) + (xy * cxy) + (xz * cxz), 1e-30);
            double cyy = (xx * zz) - (xz * xz), cyz = (xy * xz) - (xx * yz), czz = (xx * yy) - (xy * xy);
            var scale = Math.Log(w / total) - (0.5 * Math.Log(determinant)) - (1.5 * Math.Log(2 * Math.PI));
            return new(
                (float)scale, (float)x, (float)y, (float)z,
                (float)(cxx / determinant), (float)(cxy / determinant), (float)(cxz / determinant),
                (float)(cyy / determinant), (float)(cyz / determinant), (float)(czz / determinant));
        }

        public float LogDensity(float x, float y, float z)
        {
            float dx = x - X, dy = y - Y, dz = z - Z;
            return LogScale - (0.5f * ((dx * dx * Ixx) + (dy * dy * Iyy) + (dz * dz * Izz)
                + (2 * ((dx * dy * Ixy) + (dx * dz * Ixz) + (dy * dz * Iyz)))));
        }
    }
}
