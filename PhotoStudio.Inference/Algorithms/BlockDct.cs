using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The orthonormal two-dimensional discrete cosine transform (DCT-II) of 8×8 blocks and its inverse, eight columns at a time (N. Ahmed,
/// T. Natarajan, K. Rao, "Discrete Cosine Transform", 1974; even and odd parts apart). A block is eight vectors, one a row. Coefficients
/// come out transposed: the vector's index is the horizontal frequency.
/// </summary>
public static class BlockDct
{
    /// <summary>Rows and columns of a block.</summary>
    public const int Size = 8;

    // Half the cosine of k·π/16; the first also is the square root of 1/8.
    private const float C1 = 0.49039264f, C2 = 0.46193977f, C3 = 0.41573481f, C4 = 0.35355339f;
    private const float C5 = 0.27778512f, C6 = 0.19134172f, C7 = 0.09754516f;

    /// <summary>Transforms a block in place.</summary>
    /// <param name="block">The first of eight rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward(ref Vector256<float> block)
    {
        ForwardColumns(ref block);
        Transpose(ref block);
        ForwardColumns(ref block);
    }

    /// <summary>Undoes <see cref="Forward"/> in place.</summary>
    /// <param name="block">The first of eight vectors of coefficients.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Inverse(ref Vector256<float> block)
    {
        InverseColumns(ref block);
        Transpose(ref block);
        InverseColumns(ref block);
    }

    private static void ForwardColumns(ref Vector256<float> block)
    {
        Vector256<float> a0 = block, a1 = Unsafe.Add(ref block, 1), a2 = Unsafe.Add(ref block, 2), a3 = Unsafe.Add(ref block, 3);
        Vector256<float> a4 = Unsafe.Add(ref block, 4), a5 = Unsafe.Add(ref block, 5), a6 = Unsafe.Add(ref block, 6), a7 = Unsafe.Add(ref block, 7);
        Vector256<float> s0 = a0 + a7, s1 = a1 + a6, s2 = a2 + a5, s3 = a3 + a4;
        Vector256<float> d0 = a0 - a7, d1 = a1 - a6, d2 = a2 - a5, d3 = a3 - a4;
        Vector256<float> e0 = s0 + s3, e1 = s1 + s2, e2 = s0 - s3, e3 = s1 - s2;
        block = (e0 + e1) * C4;
        Unsafe.Add(ref block, 4) = (e0 - e1) * C4;
        Unsafe.Add(ref block, 2) = (e2 * C2) + (e3 * C6);
        Unsafe.Add(ref block, 6) = (e2 * C6) - (e3 * C2);
        Unsafe.Add(ref block, 1) = (d0 * C1) + (d1 * C3) + (d2 * C5) + (d3 * C7);
        Unsafe.Add(ref block, 3) = (d0 * C3) - (d1 * C7) - (d2 * C1) - (d3 * C5);
        Unsafe.Add(ref block, 5) = (d0 * C5) - (d1 * C1) + (d2 * C7) + (d3 * C3);
        Unsafe.Add(ref block, 7) = (d0 * C7) - (d1 * C5) + (d2 * C3) - (d3 * C1);
    }

    private static void InverseColumns(ref Vector256<float> block)
    {
        Vector256<float> y0 = block, y1 = Unsafe.Add(ref block, 1), y2 = Unsafe.Add(ref block, 2), y3 = Unsafe.Add(ref block, 3);
        Vector256<float> y4 = Unsafe.Add(ref block, 4), y5 = Unsafe.Add(ref block, 5), y6 = Unsafe.Add(ref block, 6), y7 = Unsafe.Add(ref block, 7);
        Vector256<float> sum = (y0 + y4) * C4, difference = (y0 - y4) * C4, high = (y2 * C2) + (y6 * C6), low = (y2 * C6) - (y6 * C2);
        Vector256<float> e0 = sum + high, e1 = difference + low, e2 = difference - low, e3 = sum - high;
        var d0 = (y1 * C1) + (y3 * C3) + (y5 * C5) + (y7 * C7);
        var d1 = (y1 * C3) - (y3 * C7) - (y5 * C1) - (y7 * C5);
        var d2 = (y1 * C5) - (y3 * C1) + (y5 * C7) + (y7 * C3);
        var d3 = (y1 * C7) - (y3 * C5) + (y5 * C3) - (y7 * C1);
        block = e0 + d0;
        Unsafe.Add(ref block, 1) = e1 + d1;
        Unsafe.Add(ref block, 2) = e2 + d2;
        Unsafe.Add(ref block, 3) = e3 + d3;
        Unsafe.Add(ref block, 4) = e3 - d3;
        Unsafe.Add(ref block, 5) = e2 - d2;
        Unsafe.Add(ref block, 6) = e1 - d1;
        Unsafe.Add(ref block, 7) = e0 - d0;
    }

    private static void Transpose(ref Vector256<float> block)
    {
        if (!Avx.IsSupported)
        {
            var values = MemoryMarshal.CreateSpan(ref Unsafe.As<Vector256<float>, float>(ref block), Size * Size);
            for (var y = 0; y < Size; y++)
            {
                for (var x = y + 1; x < Size; x++)
                    (values[(y * Size) + x], values[(x * Size) + y]) = (values[(x * Size) + y], values[(y * Size) + x]);
            }

            return;
        }

        Vector256<float> a0 = block, a1 = Unsafe.Add(ref block, 1), a2 = Unsafe.Add(ref block, 2), a3 = Unsafe.Add(ref block, 3);
        Vector256<float> a4 = Unsafe.Add(ref block, 4), a5 = Unsafe.Add(ref block, 5), a6 = Unsafe.Add(ref block, 6), a7 = Unsafe.Add(ref block, 7);
        Vector256<float> t0 = Avx.UnpackLow(a0, a1), t1 = Avx.UnpackHigh(a0, a1), t2 = Avx.UnpackLow(a2, a3), t3 = Avx.UnpackHigh(a2, a3);
        Vector256<float> t4 = Avx.UnpackLow(a4, a5), t5 = Avx.UnpackHigh(a4, a5), t6 = Avx.UnpackLow(a6, a7), t7 = Avx.UnpackHigh(a6, a7);
        Vector256<float> u0 = Avx.Shuffle(t0, t2, 0x44), u1 = Avx.Shuffle(t0, t2, 0xEE), u2 = Avx.Shuffle(t1, t3, 0x44), u3 = Avx.Shuffle(t1, t3, 0xEE);
        Vector256<float> u4 = Avx.Shuffle(t4, t6, 0x44), u5 = Avx.Shuffle(t4, t6, 0xEE), u6 = Avx.Shuffle(t5, t7, 0x44), u7 = Avx.Shuffle(t5, t7, 0xEE);
        block = Avx.Permute2x128(u0, u4, 0x20);
        Unsafe.Add(ref block, 1) = Avx.Permute2x128(u1, u5, 0x20);
        Unsafe.Add(ref block, 2) = Avx.Permute2x128(u2, u6, 0x20);
        Unsafe.Add(ref block, 3) = Avx.Permute2x128(u3, u7, 0x20);
        Unsafe.Add(ref block, 4) = Avx.Permute2x128(u0, u4, 0x31);
        Unsafe.Add(ref block, 5) = Avx.Permute2x128(u1, u5, 0x31);
        Unsafe.Add(ref block, 6) = Avx.Permute2x128(u2, u6, 0x31);
        Unsafe.Add(ref block, 7) = Avx.Permute2x128(u3, u7, 0x31);
    }
}
