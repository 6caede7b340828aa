using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>The spread of a plane's values.</summary>
internal static class Levels
{
    private const int Bins = 1024;

    /// <summary>The value below which a share of a plane's values in 0–1 lies.</summary>
    public static float Quantile(Plane plane, float share)
    {
        var counts = new int[Bins];
        foreach (var value in plane.Data) counts[(int)(Math.Clamp(value, 0, 0.9999f) * Bins)]++;
        var wanted = share * plane.Data.Length;
        double seen = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            seen += counts[bin];
            if (seen >= wanted) return (bin + 0.5f) / Bins;
        }

        return 1;
    }

    /// <summary>
    /// Tones as a draughtsman sets them: stretched over the whole range, and lightened or darkened by a power until the middle one is
    /// light enough that paper remains.
    /// </summary>
    /// <param name="plane">Brightness, 0–1.</param>
    /// <param name="median">What the middle tone becomes where a power between 0.35 and 1.3 can make it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Plane Draughted(Plane plane, float median, CancellationToken cancellationToken)
    {
        var spread = Spread(plane, 0.01f, 0.99f, cancellationToken);
        var middle = Math.Clamp(Quantile(spread, 0.5f), 0.02f, 0.98f);
        var power = Math.Clamp(MathF.Log(median) / MathF.Log(middle), 0.35f, 1.3f);
        return spread.Map(value => MathF.Pow(Math.Clamp(value, 0, 1), power), cancellationToken);
    }

    /// <summary>The plane stretched so that two shares of its values lie at 0 and 1; a flat plane stays as it is.</summary>
    public static Plane Spread(Plane plane, float low, float high, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        float bottom = Quantile(plane, low), top = Quantile(plane, high);
        return top - bottom < 0.05f ? plane : plane.Map(value => Math.Clamp((value - bottom) / (top - bottom), 0, 1), cancellationToken);
    }
}
