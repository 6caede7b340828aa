using PhotoStudio.Imaging;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>Figures of samples.</summary>
internal static class Statistics
{
    /// <summary>The middle one.</summary>
    public static double Median(IReadOnlyCollection<double> samples) => Quantile(samples, 0.5);

    /// <summary>The value below which a share of the samples lies, interpolated between neighbours.</summary>
    public static double Quantile(IReadOnlyCollection<double> samples, double share)
    {
        var sorted = samples.Order().ToArray();
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Peak signal-to-noise ratio of two pictures in dB; NaN when they differ in size or format.</summary>
    public static double Psnr(Picture one, Picture other)
    {
        if ((one.Width, one.Height, one.Format) != (other.Width, other.Height, other.Format)) return double.NaN;
        double squares = 0;
        for (var i = 0; i < one.Samples.Length; i++)
        {
            double difference = one.Samples[i] - other.Samples[i];
            squares += difference * difference;
        }

        return 10 * Math.Log10(255.0 * 255.0 * one.Samples.Length / squares);
    }
}
