using PhotoStudio.Imaging;

namespace PhotoStudio.Tests.Support;

/// <summary>Straightforward Lanczos-3 resampling in double precision, to measure faster code against. Opaque pictures only.</summary>
public static class Lanczos
{
    /// <summary>Resamples to exactly this size.</summary>
    public static Picture Resize(Picture picture, int width, int height)
    {
        var wide = Pass(picture.Samples.Select(sample => (double)sample).ToArray(), picture.Width, picture.Height, picture.Channels, width);
        var turned = Transpose(wide, width, picture.Height, picture.Channels);
        var both = Transpose(Pass(turned, picture.Height, width, picture.Channels, height), height, width, picture.Channels);
        return new Picture(width, height, picture.Format, [.. both.Select(sample => (byte)Math.Round(Math.Clamp(sample, 0, 255)))]);
    }

    private static double[] Pass(double[] samples, int width, int height, int channels, int newWidth)
    {
        var result = new double[newWidth * height * channels];
        double ratio = (double)width / newWidth, support = 3 * Math.Max(1, ratio);
        for (var x = 0; x < newWidth; x++)
        {
            var center = ((x + 0.5) * ratio) - 0.5;
            int first = (int)Math.Ceiling(center - support), last = (int)Math.Floor(center + support);
            var weights = Enumerable.Range(first, last - first + 1).Select(i => Kernel((i - center) / Math.Max(1, ratio))).ToArray();
            var total = weights.Sum();
            for (var y = 0; y < height; y++)
            {
                for (var c = 0; c < channels; c++)
                {
                    var sum = 0.0;
                    for (var i = 0; i < weights.Length; i++)
                        sum += weights[i] * samples[(((y * width) + Math.Clamp(first + i, 0, width - 1)) * channels) + c];
                    result[(((y * newWidth) + x) * channels) + c] = sum / total;
                }
            }
        }

        return result;
    }

    private static double[] Transpose(double[] samples, int width, int height, int channels)
    {
        var result = new double[samples.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                int from = ((y * width) + x) * channels, to = ((x * height) + y) * channels;
                for (var c = 0; c < channels; c++) result[to + c] = samples[from + c];
            }
        }

        return result;
    }

    private static double Kernel(double x)
    {
        if (x == 0) return 1;
        if (Math.Abs(x) >= 3) return 0;
        var angle = Math.PI * x;
        return 3 * Math.Sin(angle) * Math.Sin(angle / 3) / (angle * angle);
    }
}
