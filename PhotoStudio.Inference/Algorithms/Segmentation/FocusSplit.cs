namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Splits a photograph into what is in focus and what is not: a wide aperture, and any plain backdrop, leaves sharp
/// edges only on the subject and around it (Jiang, Ling, Yu, Peng, "Salient Region Detection by UFO: Uniqueness,
/// Focusness and Objectness", ICCV 2013). Two cues add up: how much sharp detail there is around a pixel, against
/// Otsu's threshold (IEEE Transactions on Systems, Man and Cybernetics, 1979), and how much sharp contrast has to be
/// crossed to reach it from the frame, so that a smooth inside belongs to its sharp outline.
/// </summary>
/// <param name="LogOdds">Log odds of each pixel being in focus, within ±3.</param>
/// <param name="IsClear">Whether the frame is out of focus and something within it is not.</param>
internal sealed record FocusSplit(Plane LogOdds, bool IsClear)
{
    private const int Bins = 64;

    /// <summary>Radius of the neighbourhood whose detail counts for a pixel, in pixels.</summary>
    public const int DetailRadius = 3;

    // Sharp gradient, in brightness 0–1 a pixel, that is as good as none.
    private const float Floor = 0.0004f;

    // Ratio of the mean sharp detail on both sides of the threshold that is needed at least.
    private const float LeastRatio = 3;

    // Contrast crossed from the frame that is as likely inside as outside, in brightness 0–1.
    private const float EvenContrast = 0.05f;

    // A subject in focus leaves most of the frame's top and sides blurred, and has some size.
    private const double SharpFrame = 0.15;
    private const double LeastArea = 0.005, LargestArea = 0.75;

    // The frame's sides count as background down to here; further down people and animals are often cropped.
    private const float Sides = 0.6f;

    /// <summary>Splits a photograph.</summary>
    /// <param name="edges">Its sharp edges.</param>
    /// <param name="scale">Pixels the edges were found at for each pixel of their reduced size, at least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static FocusSplit Find(SharpEdges edges, float scale, CancellationToken cancellationToken)
    {
        int width = edges.Strength.Width, height = edges.Strength.Height;
        var detail = BoxFilter.Mean(edges.Strength, DetailRadius, cancellationToken)
            .Map(d => MathF.Log(Math.Max(d, 0) + Floor), cancellationToken);
        var (threshold, ratio) = Otsu(detail);
        var crossed = ContrastFromFrame(edges.Strength, scale, cancellationToken);
        var odds = new Plane(width, height);
        var sharp = 0;
        for (var i = 0; i < odds.Data.Length; i++)
        {
            var byDetail = Math.Clamp(1.2f * (detail.Data[i] - threshold), -1.5f, 2.5f);
            var byContrast = Math.Clamp(2 * ((crossed.Data[i] / EvenContrast) - 1), -2f, 1.5f);
            odds.Data[i] = Math.Clamp(byDetail + byContrast, -3f, 3f);
            if (odds.Data[i] > 0) sharp++;
        }

        var area = sharp / (double)odds.Data.Length;
        return new(odds, ratio > LeastRatio && area is > LeastArea and < LargestArea && FrameInFocus(odds) < SharpFrame);
    }

    // The least sum of sharp contrast along a path from the frame's top and upper sides, by sweeps over the image.
    private static Plane ContrastFromFrame(Plane strength, float scale, CancellationToken cancellationToken)
    {
        int width = strength.Width, height = strength.Height;
        var distance = new Plane(width, height);
        Array.Fill(distance.Data, 100f);
        for (var x = 0; x < width; x++) distance[x, 0] = 0;
        for (var y = 0; y < Sides * height; y++) distance[0, y] = distance[width - 1, y] = 0;
        for (var sweep = 0; sweep < 3; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++) Relax(x, y, -1);
            for (var y = height - 1; y >= 0; y--)
                for (var x = width - 1; x >= 0; x--) Relax(x, y, 1);
        }

        return distance;

        void Relax(int x, int y, int side)
        {
            ref var here = ref distance[x, y];
            var cost = scale * Math.Max(0, strength[x, y] - Floor);
            if (x + side >= 0 && x + side < width) here = Math.Min(here, distance[x + side, y] + cost);
            if (y + side < 0 || y + side >= height) return;
            here = Math.Min(here, distance[x, y + side] + cost);
            if (x > 0) here = Math.Min(here, distance[x - 1, y + side] + (1.4f * cost));
            if (x < width - 1) here = Math.Min(here, distance[x + 1, y + side] + (1.4f * cost));
        }
    }

    private static (float Threshold, float Ratio) Otsu(Plane logs)
    {
        float low = logs.Data.Min(), high = logs.Data.Max();
        var range = Math.Max(high - low, 1e-4f);
        var weights = new double[Bins];
        var sums = new double[Bins];
        foreach (var value in logs.Data)
        {
            var bin = Math.Min(Bins - 1, (int)((value - low) / range * Bins));
            weights[bin]++;
            sums[bin] += value;
        }

        double all = logs.Data.Length, total = sums.Sum(), below = 0, sumBelow = 0, best = 0, blurred = low, sharp = low;
        for (var bin = 0; bin < Bins - 1; bin++)
        {
            below += weights[bin];
            sumBelow += sums[bin];
            if (below == 0 || below == all) continue;
            double first = sumBelow / below, second = (total - sumBelow) / (all - below);
            var between = below * (all - below) * (second - first) * (second - first);
            if (between <= best) continue;
            best = between;
            (blurred, sharp) = (first, second);
        }

        return ((float)((blurred + sharp) / 2), (float)Math.Exp(sharp - blurred));
    }

    // The share of the frame's top and sides that is in focus.
    private static double FrameInFocus(Plane odds)
    {
        int sharp = 0, all = 0;
        for (var y = 0; y < odds.Height; y++)
        {
            for (var x = 0; x < odds.Width; x++)
            {
                if (y > 0 && x > 0 && x < odds.Width - 1) continue;
                all++;
                if (odds[x, y] > 0) sharp++;
            }
        }

        return sharp / (double)all;
    }
}
