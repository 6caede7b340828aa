using System.Runtime.CompilerServices;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// Finds similar known patches for every patch that touches the hole by PatchMatch (Barnes, Shechtman, Finkelstein, Goldman,
/// "PatchMatch: A Randomized Correspondence Algorithm for Structural Image Editing", SIGGRAPH 2009): good matches spread to
/// neighbours, and random tries around each match get closer and closer. Rows are worked on in bands, every other one at a time, so
/// that the result does not depend on the number of threads.
/// </summary>
internal static class PatchSearch
{
    private const int BandRows = 16;

    /// <summary>Gives every target without a match a random one and computes all costs.</summary>
    public static void Start(CompletionLevel level, uint seed, CancellationToken cancellationToken) => ForBands(level, 0, 1, y =>
    {
        foreach (var target in level.Targets[y])
        {
            var match = level.Match[target];
            if (match < 0 || !level.IsSource[match])
                match = level.Sources[(int)(Hash(seed, (uint)target) % (uint)level.Sources.Length)];
            level.Match[target] = match;
            level.Cost[target] = level.Image.Distance(target, match, int.MaxValue);
        }
    }, cancellationToken);

    /// <summary>One sweep over all targets.</summary>
    /// <param name="level">The level.</param>
    /// <param name="forward">Whether matches spread to the right and down, or to the left and up.</param>
    /// <param name="radius">The widest random try, in pixels; 0 makes none.</param>
    /// <param name="seed">Chooses the tries.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Sweep(CompletionLevel level, bool forward, int radius, uint seed, CancellationToken cancellationToken)
    {
        for (var parity = 0; parity < 2; parity++)
            ForBands(level, parity, 2, y => SweepRow(level, y, forward, radius, seed), cancellationToken, forward);
    }

    private static void SweepRow(CompletionLevel level, int y, bool forward, int radius, uint seed)
    {
        var targets = level.Targets[y];
        int width = level.Width, step = forward ? -1 : 1;
        for (var i = 0; i < targets.Length; i++)
        {
            var target = targets[forward ? i : targets.Length - 1 - i];
            var (match, cost) = (level.Match[target], level.Cost[target]);
            Neighbour(level, target, target + step, ref match, ref cost);
            var above = y + step;
            if (above >= 0 && above < level.Height) Neighbour(level, target, target + (step * width), ref match, ref cost);

            var state = Hash(seed, (uint)target) | 1;
            for (var r = radius; r >= 1; r /= 2)
            {
                int matchY = match / width, matchX = match - (matchY * width);
                var x = matchX + Within(Next(ref state), r);
                TryAt(level, target, x, matchY + Within(Next(ref state), r), ref match, ref cost);
            }

            (level.Match[target], level.Cost[target]) = (match, cost);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Neighbour(CompletionLevel level, int target, int neighbour, ref int match, ref int cost)
    {
        var near = level.Match[neighbour];
        if (near < 0) return;
        var candidate = near + target - neighbour;
        if (candidate != match && level.IsSource[candidate]) Try(level, target, candidate, ref match, ref cost);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TryAt(CompletionLevel level, int target, int x, int y, ref int match, ref int cost)
    {
        if (!level.Image.HoldsPatch(x, y)) return;
        var candidate = (y * level.Width) + x;
        if (candidate != match && level.IsSource[candidate]) Try(level, target, candidate, ref match, ref cost);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Try(CompletionLevel level, int target, int candidate, ref int match, ref int cost)
    {
        var distance = level.Image.Distance(target, candidate, cost);
        if (distance < cost) (match, cost) = (candidate, distance);
    }

    // Every step-th band from the first.
    private static void ForBands(
        CompletionLevel level, int first, int step, Action<int> row, CancellationToken cancellationToken, bool forward = true)
    {
        var bands = (level.Height + BandRows - 1) / BandRows;
        RowBands.ForEach((bands - first + step - 1) / step, k =>
        {
            var band = first + (k * step);
            int top = band * BandRows, bottom = Math.Min(level.Height, top + BandRows);
            for (var i = 0; i < bottom - top; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                row(forward ? top + i : bottom - 1 - i);
            }
        }, cancellationToken);
    }

    private static int Within(uint random, int radius) => (int)(random % (uint)((2 * radius) + 1)) - radius;

    // xorshift, Marsaglia 2003.
    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }

    // The finalizer of MurmurHash3 over both words.
    private static uint Hash(uint seed, uint index)
    {
        var hash = (seed * 0x9E3779B1u) ^ (index + 0x7F4A7C15u);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }
}
