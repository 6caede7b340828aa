using System.Runtime.CompilerServices;
using System.Text;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using Xunit.Sdk;

namespace PhotoStudio.Tests.Support;

/// <summary>How two pictures of the same size and format differ, in levels of 0–255.</summary>
/// <param name="Max">The largest difference of a sample.</param>
/// <param name="Mean">The mean difference of the samples.</param>
/// <param name="Psnr">Peak signal-to-noise ratio in dB; infinite for equal pictures.</param>
/// <param name="Differing">Pixels with any difference.</param>
/// <param name="First">Where, reading row by row, the first pixel differs; null for equal pictures.</param>
public sealed record PictureDifference(int Max, double Mean, double Psnr, long Differing, (int X, int Y)? First)
{
    /// <summary>Compares two pictures of the same size and format.</summary>
    public static PictureDifference Between(Picture actual, Picture expected)
    {
        if ((actual.Width, actual.Height, actual.Format) != (expected.Width, expected.Height, expected.Format))
            throw new ArgumentException("Only pictures of the same size and format can be compared.", nameof(actual));

        var max = 0;
        long sum = 0, squares = 0, differing = 0;
        (int, int)? first = null;
        for (var pixel = 0; pixel < actual.Width * actual.Height; pixel++)
        {
            var differs = false;
            for (var c = 0; c < actual.Channels; c++)
            {
                var difference = Math.Abs(actual.Samples[(pixel * actual.Channels) + c] - expected.Samples[(pixel * actual.Channels) + c]);
                max = Math.Max(max, difference);
                sum += difference;
                squares += difference * difference;
                differs |= difference > 0;
            }

            if (!differs) continue;
            differing++;
            first ??= (pixel % actual.Width, pixel / actual.Width);
        }

        double samples = actual.Samples.LongLength;
        return new PictureDifference(max, sum / samples, 10 * Math.Log10(255 * 255 / (squares / samples)), differing, first);
    }
}

/// <summary>Asserts on pictures. What fails says how, and leaves the pictures in TestResults to look at.</summary>
public static class PictureAssert
{
    /// <summary>Every sample is the same.</summary>
    public static void Same(Picture actual, Picture expected, [CallerMemberName] string test = "")
        => Similar(actual, expected, maxDifference: 0, test: test);

    /// <summary>Size and format are the same and the samples differ by no more than is allowed.</summary>
    /// <param name="actual">What came out.</param>
    /// <param name="expected">What should have.</param>
    /// <param name="maxDifference">Largest difference allowed of any sample, in levels.</param>
    /// <param name="meanDifference">Largest mean difference allowed, in levels.</param>
    /// <param name="psnr">Least peak signal-to-noise ratio allowed, in dB.</param>
    /// <param name="test">Names the files that are left when it fails.</param>
    public static void Similar(
        Picture actual,
        Picture expected,
        int maxDifference = byte.MaxValue,
        double meanDifference = byte.MaxValue,
        double psnr = 0,
        [CallerMemberName] string test = "")
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        if ((actual.Width, actual.Height, actual.Format) != (expected.Width, expected.Height, expected.Format))
        {
            var files = Leave(test, ("actual", actual), ("expected", expected));
            throw new XunitException(
                $"The picture is {actual.Width}×{actual.Height} {actual.Format}, "
                + $"not {expected.Width}×{expected.Height} {expected.Format}.\n{files}");
        }

        var difference = PictureDifference.Between(actual, expected);
        if (difference.Max <= maxDifference && difference.Mean <= meanDifference && difference.Psnr >= psnr) return;

        throw new XunitException(Report(difference, actual, expected, maxDifference, meanDifference, psnr)
            + Leave(test, ("actual", actual), ("expected", expected), ("difference", Amplified(actual, expected, difference.Max))));
    }

    private static string Report(
        PictureDifference difference, Picture actual, Picture expected, int maxDifference, double meanDifference, double psnr)
    {
        var report = new StringBuilder("The pictures differ more than allowed:\n");
        report.Append($"  size        {actual.Width}×{actual.Height} {actual.Format}\n");
        report.Append($"  max         {difference.Max} levels (allowed {maxDifference})\n");
        report.Append($"  mean        {difference.Mean:F3} levels (allowed {meanDifference:F3})\n");
        report.Append($"  PSNR        {difference.Psnr:F2} dB (at least {psnr:F2})\n");
        var pixels = (double)actual.Width * actual.Height;
        report.Append($"  differing   {difference.Differing:N0} pixels ({difference.Differing / pixels:P1})\n");
        if (difference.First is var (x, y))
            report.Append($"  first       ({x}, {y}): actual {Pixel(actual, x, y)}, expected {Pixel(expected, x, y)}\n");
        return report.ToString();
    }

    private static string Pixel(Picture picture, int x, int y)
        => $"({string.Join(", ", picture.Row(y).Slice(x * picture.Channels, picture.Channels).ToArray())})";

    /// <summary>The differences, scaled so that the largest is white, without alpha.</summary>
    private static Picture Amplified(Picture actual, Picture expected, int max)
    {
        var result = new Picture(actual.Width, actual.Height, actual.Channels <= 2 ? PixelFormat.Gray : PixelFormat.Rgb);
        for (var pixel = 0; pixel < actual.Width * actual.Height; pixel++)
        {
            for (var c = 0; c < actual.Channels; c++)
            {
                // A difference in alpha shows in all colours.
                var difference = Math.Abs(actual.Samples[(pixel * actual.Channels) + c] - expected.Samples[(pixel * actual.Channels) + c]);
                var level = (byte)(difference * byte.MaxValue / Math.Max(1, max));
                for (var t = 0; t < result.Channels; t++)
                {
                    if (t != c && c < result.Channels) continue;
                    ref var sample = ref result.Samples[(pixel * result.Channels) + t];
                    sample = Math.Max(sample, level);
                }
            }
        }

        return result;
    }

    private static string Leave(string test, params ReadOnlySpan<(string Name, Picture Picture)> pictures)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures");
        Directory.CreateDirectory(folder);
        var codec = new VipsPictureCodec();
        var files = new StringBuilder("  left behind ");
        var stem = $"{test}-{Guid.NewGuid().ToString("N")[..8]}";
        foreach (var (name, picture) in pictures)
        {
            var path = Path.Combine(folder, $"{stem}-{name}.png");
            File.WriteAllBytes(path, codec.Encode(picture, new EncodeOptions(PictureFormat.Png)));
            files.Append($"\n    {path}");
        }

        return files.Append('\n').ToString();
    }
}
