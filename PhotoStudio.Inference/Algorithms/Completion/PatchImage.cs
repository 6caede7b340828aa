using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// An image whose 7×7 patches are compared: four bytes a pixel, three of colour and one of texture, the local mean of gradient
/// magnitudes, which keeps flat and textured patches of one colour apart (Newson, Almansa, Fradet, Gousseau, Pérez, "Video Inpainting
/// of Complex Scenes", SIAM Journal on Imaging Sciences 2014).
/// </summary>
internal sealed class PatchImage
{
    /// <summary>Pixels from a patch's centre to its edge.</summary>
    public const int Reach = 3;

    /// <summary>Pixels along a patch's side.</summary>
    public const int Side = (2 * Reach) + 1;

    /// <summary>Bytes a pixel.</summary>
    public const int Channels = 4;

    // A patch row is 28 bytes and is read as 32; the last patch of the last row would read beyond the end.
    private const int Padding = 32;

    private static readonly Vector256<byte> RowMask = Vector256.Create(
        Vector128<byte>.AllBitsSet, Vector128.Create(uint.MaxValue, uint.MaxValue, uint.MaxValue, 0).AsByte());

    public PatchImage(int width, int height)
    {
        (Width, Height) = (width, height);
        Samples = new byte[checked((width * height * Channels) + Padding)];
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Samples { get; }

    /// <summary>Whether a patch with this centre lies inside the image.</summary>
    public bool HoldsPatch(int x, int y) => x >= Reach && y >= Reach && x < Width - Reach && y < Height - Reach;

    /// <summary>
    /// The sum of squared differences of two patches of this image by the indices of their centres, or some sum of at least
    /// <paramref name="limit"/> once that is reached.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Distance(int first, int second, int limit)
    {
        ref var samples = ref MemoryMarshal.GetArrayDataReference(Samples);
        var stride = (nuint)(Width * Channels);
        var a = (nuint)((first - (Reach * Width) - Reach) * Channels);
        var b = (nuint)((second - (Reach * Width) - Reach) * Channels);
        var sum = Vector256<int>.Zero;
        for (var row = 0; row < Side; row++, a += stride, b += stride)
        {
            Vector256<byte> left = Vector256.LoadUnsafe(ref samples, a), right = Vector256.LoadUnsafe(ref samples, b);
            sum += Squares((Vector256.Max(left, right) - Vector256.Min(left, right)) & RowMask);
            if (row == 2 && Vector256.Sum(sum) >= limit) return limit;
        }

        return Vector256.Sum(sum);
    }

    /// <summary>The sum of squared differences over those pixels of the first patch that are known,.</summary>
    public int KnownDistance(int first, int second, ReadOnlySpan<int> knownOffsets, int limit)
    {
        var sum = 0;
        var samples = MemoryMarshal.Cast<byte, uint>(Samples.AsSpan());
        foreach (var offset in knownOffsets)
        {
            uint left = samples[first + offset], right = samples[second + offset];
            for (var shift = 0; shift < 32; shift += 8)
            {
                var difference = (int)((left >> shift) & 255) - (int)((right >> shift) & 255);
                sum += difference * difference;
            }

            if (sum >= limit) return limit;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Squares(Vector256<byte> differences)
    {
        var (low, high) = Vector256.Widen(differences);
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(low.AsInt16(), low.AsInt16()) + Avx2.MultiplyAddAdjacent(high.AsInt16(), high.AsInt16());
        }

        // 255² still fits 16 bits.
        var (a, b) = Vector256.Widen(low * low);
        var (c, d) = Vector256.Widen(high * high);
        return (a + b + c + d).AsInt32();
    }
}
