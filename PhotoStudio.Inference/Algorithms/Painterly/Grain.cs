using System.Runtime.CompilerServices;

namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>Independent random numbers by pixel, from a hash of its place: the same on every machine and in any order.</summary>
public static class Grain
{
    /// <summary>A number from 0 to below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Uniform(int x, int y, uint seed)
    {
        // The finaliser of MurmurHash3 (Appleby 2011) over the mixed coordinates.
        var hash = unchecked(((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ (seed * 0xC2B2AE3Du));
        hash ^= hash >> 16;
        hash = unchecked(hash * 0x85EBCA6Bu);
        hash ^= hash >> 13;
        hash = unchecked(hash * 0xC2B2AE35u);
        hash ^= hash >> 16;
        return (hash >> 8) * (1f / (1 << 24));
    }

    /// <summary>A number around 0 with standard deviation of about 1, never beyond ±3.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Normal(int x, int y, uint seed) =>
        (Uniform(x, y, seed) + Uniform(x, y, seed ^ 0x68E31DA4) + Uniform(x, y, seed ^ 0xB5297A4D) + Uniform(x, y, seed ^ 0x1B56C4E9) - 2)
        * 1.7320508f;
}
