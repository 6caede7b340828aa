using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Denoising by block matching and collaborative filtering (K. Dabov, A. Foi, V. Katkovnik, K. Egiazarian, "Image Denoising by Sparse 3-D
/// Transform-Domain Collaborative Filtering", 2007): like blocks are stacked, the stack is transformed in three dimensions, weak
/// coefficients are cut off (first step) or attenuated by what the first step left (second step), and the blocks go back into the picture
/// as weighted means. All planes share the groups, which are found in the first one. Blocks are transformed by the DCT, stacks by the
/// Hadamard transform.
/// </summary>
public sealed class Bm3d
{
    /// <summary>How far from a value others have influence on it, in pixels: pictures cut into tiles overlap by it.</summary>
    public const int Reach = 2 * (Radius + BlockDct.Size);

    private const int Step = 4, Radius = 12, Group = 16, Band = 64, Vectors = BlockDct.Size;
    private const float Threshold = 2.7f;

    // Mean squared difference up to which blocks count as alike, besides what the noise adds, for values of 0–441 (the luma axis of 8 bits).
    private const float AlikeNoisy = 2_500, AlikeBasic = 400;
    private const int Values = BlockDct.Size * BlockDct.Size;

    // Keeps divisions defined where a plane has no noise or no content.
    private const float Least = 1e-3f;

    private static readonly Vector256<float>[] Window = MakeWindow();

    private readonly Plane[] noisy;
    private readonly float[] sigmas;
    private readonly CancellationToken cancellationToken;

    private Bm3d(Plane[] noisy, float[] sigmas, CancellationToken cancellationToken) =>
        (this.noisy, this.sigmas, this.cancellationToken) = (noisy, [.. sigmas.Select(sigma => Math.Max(sigma, Least))], cancellationToken);

    /// <summary>Removes white Gaussian noise.</summary>
    /// <param name="planes">Planes of one size, at least 8×8; the first is the luma. Best with axes that are not correlated.</param>
    /// <param name="sigmas">Standard deviation of each plane's noise, in the planes' unit.</param>
    /// <param name="progress">Hears how far the work is, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Plane[] Denoise(
        Plane[] planes, float[] sigmas, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(planes);
        ArgumentNullException.ThrowIfNull(sigmas);
        var run = new Bm3d(planes, sigmas, cancellationToken);
        var basic = run.Filter(null, progress, 0);
        return run.Filter(basic, progress, 0.5);
    }

    private static Vector256<float>[] MakeWindow()
    {
        // Kaiser's window with β = 2 takes weight from the blocks' borders.
        float[] one = [.. Enumerable.Range(0, 8).Select(i => (float)(Bessel(2 * Math.Sqrt(1 - Math.Pow((2.0 * i / 7) - 1, 2))) / Bessel(2)))];
        return [.. one.Select(row => Vector256.Create([.. one.Select(column => row * column)]))];

        static double Bessel(double x)
        {
            double sum = 1, term = 1;
            for (var k = 1; k < 20; k++) sum += term *= x * x / (4.0 * k * k);
            return sum;
        }
    }

    /// <summary>One step: by hard thresholds without a basic estimate, by empirical Wiener filtering with one.</summary>
    private Plane[] Filter(Plane[]? basic, IProgress<double>? progress, double done)
    {
        int width = noisy[0].Width, height = noisy[0].Height;
        Plane[] sums = [.. noisy.Select(_ => new Plane(width, height))];
        var weights = new Plane(width, height);
        var bands = (height + Band - 1) / Band;
        var finished = 0;

        // Blocks reach into the neighbouring bands only: every other band at a time never touches another's values, whatever the threads.
        for (var phase = 0; phase < 2; phase++)
        {
            var first = phase;
            RowBands.ForEach((bands + 1 - first) / 2, index =>
            {
                new Worker(this, basic, sums, weights).Run(((2 * index) + first) * Band);
                progress?.Report(done + (0.5 * Interlocked.Increment(ref finished) / bands));
            }, cancellationToken);
        }

        RowBands.Run(height, (top, end) =>
        {
            foreach (var sum in sums)
            {
                for (var i = top * width; i < end * width; i++) sum.Data[i] /= weights.Data[i];
            }
        }, cancellationToken);
        return sums;
    }

    /// <summary>The blocks of one band with the buffers they need.</summary>
    private sealed class Worker(Bm3d run, Plane[]? basic, Plane[] sums, Plane weights)
    {
        private readonly BlockMatching matching = new((basic ?? run.noisy)[0], Radius, Group);
        private readonly Vector256<float>[] stack = new Vector256<float>[run.noisy.Length * Group * Vectors];
        private readonly Vector256<float>[] guide = new Vector256<float>[Group * Vectors];

        public void Run(int top)
        {
            int width = weights.Width, bottom = weights.Height - Vectors, right = width - Vectors;

            // Every value is in some block: the last row and column of blocks are at the very border.
            for (var y = top; y < top + Band; y += Step)
            {
                if (y > bottom && y - Step >= bottom) break;
                run.cancellationToken.ThrowIfCancellationRequested();
                for (var x = 0; x < right + Step; x += Step) Block(Math.Min(x, right), Math.Min(y, bottom));
            }
        }

        private void Block(int x, int y)
        {
            var sigma = run.sigmas[0];
            var limit = Values * (basic is null ? (2 * Square(sigma)) + AlikeNoisy : (0.1f * Square(sigma)) + AlikeBasic);
            var count = 1 << BitOperations.Log2((uint)matching.Find(x, y, limit));
            var found = matching.Found(count);
            float noiseLeft = 0;
            for (var plane = 0; plane < run.noisy.Length; plane++)
            {
                ref var own = ref stack[plane * Group * Vectors];
                Gather(run.noisy[plane], found, ref own);
                if (basic is null)
                {
                    noiseLeft += Square(run.sigmas[plane]) * Cut(ref own, count * Vectors, run.sigmas[plane]);
                }
                else
                {
                    Gather(basic[plane], found, ref guide[0]);
                    noiseLeft += Square(run.sigmas[plane]) * Attenuate(ref own, ref guide[0], count * Vectors, run.sigmas[plane]);
                }
            }

            var weight = Square(sigma) / Math.Max(noiseLeft, Square(sigma));
            Span<Vector256<float>> window = stackalloc Vector256<float>[Vectors];
            for (var row = 0; row < Vectors; row++) window[row] = Window[row] * weight;
            for (var plane = 0; plane < run.noisy.Length; plane++) Scatter(sums[plane], found, ref stack[plane * Group * Vectors], window);
            Add(found, window);
        }

        private static float Square(float value) => value * value;

        private static void Gather(Plane plane, ReadOnlySpan<int> found, ref Vector256<float> target)
        {
            ref var data = ref MemoryMarshal.GetArrayDataReference(plane.Data);
            for (var block = 0; block < found.Length; block++)
            {
                ref var into = ref Unsafe.Add(ref target, block * Vectors);
                for (var row = 0; row < Vectors; row++)
                    Unsafe.Add(ref into, row) = Vector256.LoadUnsafe(ref data, (nuint)(found[block] + (row * plane.Width)));
                BlockDct.Forward(ref into);
            }

            Hadamard(ref target, found.Length);
        }

        /// <summary>The Hadamard transform across the blocks of a stack, orthonormal; its own inverse.</summary>
        private static void Hadamard(ref Vector256<float> stack, int count)
        {
            if (count == 1) return;
            for (var half = 1; half < count; half *= 2)
            {
                for (var start = 0; start < count; start += 2 * half)
                {
                    for (var i = start * Vectors; i < (start + half) * Vectors; i++)
                    {
                        Vector256<float> a = Unsafe.Add(ref stack, i), b = Unsafe.Add(ref stack, i + (half * Vectors));
                        Unsafe.Add(ref stack, i) = a + b;
                        Unsafe.Add(ref stack, i + (half * Vectors)) = a - b;
                    }
                }
            }

            var scale = 1 / MathF.Sqrt(count);
            for (var i = 0; i < count * Vectors; i++) Unsafe.Add(ref stack, i) *= scale;
        }

        /// <summary>Zeroes weak coefficients; how many are left.</summary>
        private static float Cut(ref Vector256<float> stack, int vectors, float sigma)
        {
            var threshold = Vector256.Create(Threshold * sigma);
            var left = 0;
            for (var i = 0; i < vectors; i++)
            {
                var value = Unsafe.Add(ref stack, i);
                var strong = Vector256.GreaterThan(Vector256.Abs(value), threshold);
                left += BitOperations.PopCount(strong.ExtractMostSignificantBits());
                Unsafe.Add(ref stack, i) = value & strong;
            }

            return left;
        }

        /// <summary>Attenuates coefficients by the power the guide has there; the sum of the squared factors.</summary>
        private static float Attenuate(ref Vector256<float> stack, ref Vector256<float> guide, int vectors, float sigma)
        {
            var noise = Vector256.Create(sigma * sigma);
            var squares = Vector256<float>.Zero;
            for (var i = 0; i < vectors; i++)
            {
                var power = Unsafe.Add(ref guide, i);
                power *= power;
                var factor = power / (power + noise);
                squares += factor * factor;
                Unsafe.Add(ref stack, i) *= factor;
            }

            return Vector256.Sum(squares);
        }

        private static void Scatter(Plane target, ReadOnlySpan<int> found, ref Vector256<float> stack, ReadOnlySpan<Vector256<float>> window)
        {
            Hadamard(ref stack, found.Length);
            ref var data = ref MemoryMarshal.GetArrayDataReference(target.Data);
            for (var block = 0; block < found.Length; block++)
            {
                ref var from = ref Unsafe.Add(ref stack, block * Vectors);
                BlockDct.Inverse(ref from);
                for (var row = 0; row < Vectors; row++)
                {
                    var at = (nuint)(found[block] + (row * target.Width));
                    (Vector256.LoadUnsafe(ref data, at) + (Unsafe.Add(ref from, row) * window[row])).StoreUnsafe(ref data, at);
                }
            }
        }

        private void Add(ReadOnlySpan<int> found, ReadOnlySpan<Vector256<float>> window)
        {
            ref var data = ref MemoryMarshal.GetArrayDataReference(weights.Data);
            foreach (var start in found)
            {
                for (var row = 0; row < Vectors; row++)
                {
                    var at = (nuint)(start + (row * weights.Width));
                    (Vector256.LoadUnsafe(ref data, at) + window[row]).StoreUnsafe(ref data, at);
                }
            }
        }
    }
}
