namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Splits a photograph into what is in focus and what is not, by the fine detail of its superpixels: a wide aperture
/// leaves only the subject sharp (Jiang, Ling, Yu, Peng, "Salient Region Detection by UFO: Uniqueness, Focusness and
/// Objectness", ICCV 2013). The threshold is Otsu's (IEEE Transactions on Systems, Man and Cybernetics, 1979), over
/// the logarithm of the detail.
/// </summary>
/// <param name="LogOdds">Log odds of each superpixel being in focus, within ±3.</param>
/// <param name="Clarity">How clear the split is, 0–1: 0 when everything is about equally sharp.</param>
internal sealed record FocusSplit(float[] LogOdds, float Clarity)
{
    private const int Bins = 64;

    // Detail below this, in brightness 0–1, is grain.
    private const float Grain = 0.004f;

    // Logarithm of the ratio between sharp and blurred detail that is needed at least.
    private const double LeastGap = 0.45;

    // Share of the variance that the two classes explain: a beginning, and an entirely clear split.
    private const double LeastSeparability = 0.82;
    private const double ClearSeparability = 0.86;

    // A subject in focus leaves most of the frame's top and sides blurred.
    private const double SharpFrame = 0.15;

    /// <summary>Splits a photograph.</summary>
    /// <param name="detail">Its fine detail, from <see cref="SharpnessMap.Detail"/>.</param>
    /// <param name="regions">Its superpixels.</param>
    public static FocusSplit Find(Plane detail, SlicSuperpixels regions)
    {
        var logs = regions.Mean(detail.Map(d => MathF.Log(d + Grain)));
        float low = logs.Min(), high = logs.Max();
        if (high - low < (float)LeastGap) return new(new float[logs.Length], 0);
        var areas = new double[logs.Length];
        foreach (var label in regions.Labels) areas[label]++;
        var weights = new double[Bins];
        var sums = new double[Bins];
        for (var k = 0; k < logs.Length; k++)
        {
            var bin = Math.Min(Bins - 1, (int)((logs[k] - low) / (high - low) * Bins));
            weights[bin] += areas[k];
            sums[bin] += areas[k] * logs[k];
        }

        double all = weights.Sum(), total = sums.Sum(), below = 0, sumBelow = 0, best = 0;
        float blurred = low, sharp = high;
        for (var bin = 0; bin < Bins - 1; bin++)
        {
            below += weights[bin];
            sumBelow += sums[bin];
            if (below == 0 || below == all) continue;
            double first = sumBelow / below, second = (total - sumBelow) / (all - below);
            var between = below * (all - below) * (second - first) * (second - first);
            if (between <= best) continue;
            best = between;
            (blurred, sharp) = ((float)first, (float)second);
        }

        var gap = Math.Max(sharp - blurred, 1e-3f);
        double variance = 0;
        for (var k = 0; k < logs.Length; k++) variance += areas[k] * (logs[k] - (total / all)) * (logs[k] - (total / all));
        var separable = best / all / Math.Max(variance, 1e-9);
        var middle = (blurred + sharp) / 2;
        float[] odds = [.. logs.Select(v => Math.Clamp(6 * (v - middle) / gap, -3f, 3f))];
        var clear = gap > LeastGap && FrameInFocus(odds, regions) < SharpFrame;
        var clarity = clear ? (separable - LeastSeparability) / (ClearSeparability - LeastSeparability) : 0;
        return new(odds, (float)Math.Clamp(clarity, 0, 1));
    }

    // The share of the frame's top and sides that is in focus.
    private static double FrameInFocus(float[] odds, SlicSuperpixels regions)
    {
        int width = regions.Width, height = regions.Height, sharp = 0, all = 0;
        for (var i = 0; i < width * height; i++)
        {
            var x = i % width;
            if (i >= width && x > 0 && x < width - 1) continue;
            all++;
            if (odds[regions.Labels[i]] > 0) sharp++;
        }

        return sharp / (double)all;
    }
}
