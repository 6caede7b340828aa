namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Splits a photograph whose whole frame is busy (leaves, gravel, a crowd) into that and what is calmer: a subject before
/// it is mostly of one material, whatever the colours.
/// </summary>
/// <param name="LogOdds">Log odds of each pixel being calmer than the frame, within ±2.</param>
/// <param name="IsClear">Whether all of the frame is busy and something within it is not.</param>
internal sealed record TextureSplit(Plane LogOdds, bool IsClear)
{
    private const int Radius = 8;

    // Sharp gradient, in brightness 0–1 a pixel, that is as good as none, and from which all of the frame is busy.
    private const float Floor = 0.0004f, Busy = 0.004f;

    // Share of the frame that may be calmer than the busy rest.
    private const double CalmFrame = 0.1;

    // Logarithm of the ratio of detail that one unit of log odds takes.
    private const float Scale = 0.25f;
    private const double LeastArea = 0.03, LargestArea = 0.6;

    /// <summary>Splits a photograph.</summary>
    /// <param name="edges">Its sharp edges.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static TextureSplit Find(SharpEdges edges, CancellationToken cancellationToken)
    {
        int width = edges.Strength.Width, height = edges.Strength.Height;
        var detail = BoxFilter.Mean(edges.Strength, Radius, cancellationToken).Map(d => MathF.Log(Math.Max(d, 0) + Floor), cancellationToken);
        var frame = new List<float>();
        for (var i = 0; i < detail.Data.Length; i++)
        {
            int x = i % width, y = i / width;
            if (y == 0 || x == 0 || x == width - 1) frame.Add(detail.Data[i]);
        }

        frame.Sort();
        var calm = frame[(int)(CalmFrame * (frame.Count - 1))];
        var odds = detail.Map(d => Math.Clamp(((calm - d) / Scale) - 0.5f, -2f, 2f), cancellationToken);
        var area = odds.Data.Count(v => v > 0) / (double)odds.Data.Length;
        return new(odds, calm > MathF.Log(Busy) && area is > LeastArea and < LargestArea);
    }
}
