namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Random numbers that are the same on every machine and for ever: the generator PCG-XSH-RR 64/32 (O'Neill, "PCG: A family of simple fast
/// space-efficient statistically good algorithms for random number generation", 2014). Not thread-safe.
/// </summary>
public sealed class SeededRandom
{
    private const ulong Multiplier = 6364136223846793005UL;
    private readonly ulong increment;
    private ulong state;

    /// <summary>Starts the sequence of a seed; streams of one seed are independent of each other.</summary>
    public SeededRandom(long seed, long stream = 0)
    {
        increment = ((ulong)stream << 1) | 1;
        Next();
        state += unchecked((ulong)seed);
        Next();
    }

    /// <summary>A generator of its own for a part of the work, named so that other parts do not shift its numbers.</summary>
    public static SeededRandom For(long seed, string part)
    {
        ArgumentNullException.ThrowIfNull(part);

        // FNV-1a, 64 bits: string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var c in part) hash = unchecked((hash ^ c) * 1099511628211UL);
        return new(seed, (long)(hash >> 2));
    }

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        var before = state;
        state = unchecked((before * Multiplier) + increment);
        var shifted = (uint)(((before >> 18) ^ before) >> 27);
        return uint.RotateRight(shifted, (int)(before >> 59));
    }

    /// <summary>A number from 0 to below 1.</summary>
    public float Unit() => (Next() >> 8) * (1f / (1 << 24));

    /// <summary>A number from <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public float Range(float low, float high) => low + ((high - low) * Unit());

    /// <summary>A whole number from 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((ulong)Next() * (uint)count) >> 32);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>-1 or 1.</summary>
    public float Sign() => Unit() < 0.5f ? -1 : 1;

    /// <summary>A number around 0 with standard deviation of about 1: the sum of uniform numbers, never beyond ±3.5.</summary>
    public float Normal() => (Unit() + Unit() + Unit() + Unit() - 2) * 1.7320508f;

    /// <summary>One of several things.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];
}
