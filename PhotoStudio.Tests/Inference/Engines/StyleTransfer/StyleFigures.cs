using PhotoStudio.Imaging;

namespace PhotoStudio.Tests.Inference.Engines.StyleTransfer;

/// <summary>What can be measured of a picture's look.</summary>
internal static class StyleFigures
{
    /// <summary>Mean difference of the samples, in levels.</summary>
    public static double Difference(Picture one, Picture other)
    {
        byte[] a = one.As(PixelFormat.Rgb).Samples, b = other.As(PixelFormat.Rgb).Samples;
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }

    /// <summary>The mean of a channel.</summary>
    public static double Mean(Picture picture, int channel)
    {
        double sum = 0;
        for (var i = channel; i < picture.Samples.Length; i += picture.Channels) sum += picture.Samples[i];
        return sum / (picture.Width * picture.Height);
    }

    /// <summary>The largest distance between the colours of one pixel.</summary>
    public static int ColorSpread(Picture picture)
    {
        var samples = picture.As(PixelFormat.Rgb).Samples;
        var most = 0;
        for (var i = 0; i < samples.Length; i += 3)
        {
            int r = samples[i], g = samples[i + 1], b = samples[i + 2];
            most = Math.Max(most, Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)));
        }

        return most;
    }

    /// <summary>The share of pixels whose luma is as wanted.</summary>
    public static double ShareOfLuma(Picture picture, Func<byte, bool> wanted) =>
        picture.As(PixelFormat.Gray).Samples.Count(wanted) / (double)(picture.Width * picture.Height);

    /// <summary>How many different colours there are.</summary>
    public static int Colors(Picture picture)
    {
        var samples = picture.As(PixelFormat.Rgb).Samples;
        var seen = new HashSet<int>();
        for (var i = 0; i < samples.Length; i += 3) seen.Add((samples[i] << 16) | (samples[i + 1] << 8) | samples[i + 2]);
        return seen.Count;
    }

    /// <summary>The share of pixels with exactly the colour of their right neighbour.</summary>
    public static double ShareOfEqualNeighbors(Picture picture) => ShareOfNeighbors(picture, 0);

    /// <summary>The share of pixels within two levels of their right neighbour.</summary>
    public static double ShareOfFlat(Picture picture) => ShareOfNeighbors(picture, 2);

    /// <summary>Standard deviation of the luma.</summary>
    public static double Deviation(Picture picture)
    {
        var samples = picture.As(PixelFormat.Gray).Samples;
        var mean = samples.Average(sample => (double)sample);
        return Math.Sqrt(samples.Average(sample => (sample - mean) * (sample - mean)));
    }

    /// <summary>Correlation of a gray picture with itself moved to the side, over its middle half.</summary>
    public static double Correlation(Picture gray, int shift)
    {
        double sum = 0, squares = 0, mean = gray.Samples.Average(sample => (double)sample);
        for (var y = gray.Height / 4; y < gray.Height * 3 / 4; y++)
        {
            for (var x = gray.Width / 4; x < gray.Width * 3 / 4; x++)
            {
                var here = gray.Row(y)[x] - mean;
                sum += here * (gray.Row(y)[x + shift] - mean);
                squares += here * here;
            }
        }

        return sum / Math.Max(squares, 1e-9);
    }

    /// <summary>How often the luma of the middle rows crosses its mean, a row.</summary>
    public static double Turns(Picture picture)
    {
        var gray = picture.As(PixelFormat.Gray);
        var mean = gray.Samples.Average(sample => (double)sample);
        var turns = 0;
        for (var y = gray.Height / 4; y < gray.Height * 3 / 4; y++)
            for (var x = 1; x < gray.Width; x++) turns += (gray.Row(y)[x] > mean) != (gray.Row(y)[x - 1] > mean) ? 1 : 0;
        return turns / (gray.Height / 2.0);
    }

    private static double ShareOfNeighbors(Picture picture, int within)
    {
        var rgb = picture.As(PixelFormat.Rgb);
        var alike = 0;
        for (var y = 0; y < rgb.Height; y++)
        {
            var row = rgb.Row(y);
            for (var i = 0; i + 5 < row.Length; i += 3)
            {
                if (Math.Abs(row[i] - row[i + 3]) <= within && Math.Abs(row[i + 1] - row[i + 4]) <= within && Math.Abs(row[i + 2] - row[i + 5]) <= within)
                    alike++;
            }
        }

        return alike / (double)(rgb.Height * Math.Max(1, rgb.Width - 1));
    }
}
