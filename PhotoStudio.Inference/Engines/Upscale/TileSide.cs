using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>One side of a tile: what is written, and the window of the source it needs.</summary>
internal sealed class TileSide
{
    /// <summary>Cuts a side.</summary>
    /// <param name="source">The source's length.</param>
    /// <param name="target">The result's length, at least the source's.</param>
    /// <param name="start">Where the tile starts in the result.</param>
    /// <param name="tile">How long tiles are.</param>
    /// <param name="reach">How many source values around a value have influence on it.</param>
    public TileSide(int source, int target, int start, int tile, int reach)
    {
        Source = source;
        Target = target;
        Start = start;
        Length = Math.Min(tile, target - start);
        int first = Math.Max(0, (int)(start / Scale) - reach);
        int end = Math.Min(source, (int)Math.Ceiling((start + Length) / Scale) + reach);
        From = (first, end - first);
        var top = first == 0 ? 0 : (int)Math.Ceiling(first * Scale);
        To = (top, (end == source ? target : (int)(end * Scale)) - top);
        Grow = BicubicTaps.For(source, target, From, To);
    }

    /// <summary>The source's length.</summary>
    public int Source { get; }

    /// <summary>The result's length.</summary>
    public int Target { get; }

    /// <summary>Result values for each source value.</summary>
    public double Scale => (double)Target / Source;

    /// <summary>Where the tile starts in the result.</summary>
    public int Start { get; }

    /// <summary>How many values of the result the tile has.</summary>
    public int Length { get; }

    /// <summary>The window of the source.</summary>
    public (int First, int Length) From { get; }

    /// <summary>The window of the result that <see cref="From"/> covers; the tile lies within it.</summary>
    public (int First, int Length) To { get; }

    /// <summary>Taps from the source's window to the result's.</summary>
    public BicubicTaps Grow { get; }

    /// <summary>The position in the source's window under each position of the result's.</summary>
    public int[] Nearest() =>
        [.. Enumerable.Range(To.First, To.Length).Select(x => Math.Clamp((int)((x + 0.5) / Scale) - From.First, 0, From.Length - 1))];
}
