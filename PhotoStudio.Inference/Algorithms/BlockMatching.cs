using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The 8×8 blocks of a plane that look most like a given one, by the sum of squared differences over a square window: the grouping step
/// of BM3D (see <see cref="Bm3d"/>). One finder a thread.
/// </summary>
/// <param name="plane">The plane, at least 8×8.</param>
/// <param name="radius">How far away a block may be, in pixels.</param>
/// <param name="most">How many blocks are found at most, the given one included.</param>
public sealed class BlockMatching(Plane plane, int radius, int most)
{
    private readonly float[] distances = new float[most];
    private readonly int[] offsets = new int[most];

    /// <summary>Index of each found block's first value in the plane, the most alike first: the given block itself.</summary>
    public ReadOnlySpan<int> Found(int count) => offsets.AsSpan(0, count);

    /// <summary>Finds blocks.</summary>
    /// <param name="x">Column of the given block's first value.</param>
    /// <param name="y">Its row.</param>
    /// <param name="limit">Largest sum of squared differences that counts as alike.</param>
    /// <returns>How many were found, at least 1.</returns>
    public int Find(int x, int y, float limit)
    {
        int width = plane.Width, right = width - BlockDct.Size, bottom = plane.Height - BlockDct.Size, step = width;
        var data = plane.Data;
        var own = (y * width) + x;
        Vector256<float> r0 = Load(own), r1 = Load(own + step), r2 = Load(own + (2 * step)), r3 = Load(own + (3 * step));
        Vector256<float> r4 = Load(own + (4 * step)), r5 = Load(own + (5 * step)), r6 = Load(own + (6 * step)), r7 = Load(own + (7 * step));
        (distances[0], offsets[0]) = (0, own);
        var count = 1;
        var worst = limit;
        for (var cy = Math.Max(0, y - radius); cy <= Math.Min(bottom, y + radius); cy++)
        {
            var end = (cy * width) + Math.Min(right, x + radius);
            for (var at = (cy * width) + Math.Max(0, x - radius); at <= end; at++)
            {
                Vector256<float> d0 = Load(at) - r0, d2 = Load(at + (2 * step)) - r2, d4 = Load(at + (4 * step)) - r4, d6 = Load(at + (6 * step)) - r6;
                var sum = (d0 * d0) + (d2 * d2) + (d4 * d4) + (d6 * d6);
                var half = Vector256.Sum(sum);
                if (half >= worst || at == own) continue;

                Vector256<float> d1 = Load(at + step) - r1, d3 = Load(at + (3 * step)) - r3, d5 = Load(at + (5 * step)) - r5, d7 = Load(at + (7 * step)) - r7;
                var distance = half + Vector256.Sum((d1 * d1) + (d3 * d3) + (d5 * d5) + (d7 * d7));
                if (distance >= worst) continue;
                count = Insert(count, distance, at);
                if (count == distances.Length) worst = Math.Min(limit, distances[count - 1]);
            }
        }

        return count;

        Vector256<float> Load(int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(data), (nuint)at);
    }

    private int Insert(int count, float distance, int at)
    {
        var place = Math.Min(count, distances.Length - 1);
        while (place > 1 && distances[place - 1] > distance)
        {
            (distances[place], offsets[place]) = (distances[place - 1], offsets[place - 1]);
            place--;
        }

        (distances[place], offsets[place]) = (distance, at);
        return Math.Min(count + 1, distances.Length);
    }
}
