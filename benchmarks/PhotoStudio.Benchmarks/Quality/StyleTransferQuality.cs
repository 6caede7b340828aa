using System.Diagnostics;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// The built-in styles and the style of a reference: how many there are, how far every two lie apart, whether results repeat, whether the
/// strength is a way from the original to the style, how near a reference's colours are met, and the slowest style's time. The picture is
/// one made by program, or the photographs that are named.
/// </summary>
public static class StyleTransferQuality
{
    private const int Side = 1_024;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("style-transfer");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var pictures = Pictures(studio.Codec, context);
        // The others need their models.
        string[] styles = [.. StyleTransfer.Style.Choices.Except(["candy", "rain-princess", "udnie"])];
        double apart = double.MaxValue, change = double.MaxValue, repeats = 0, none = 0, backwards = 0, slowest = 0, worked = 0;
        var (nearest, slow) = ("", "");
        foreach (var (name, picture) in context.Quick ? pictures.Take(1) : pictures)
        {
            var file = studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
            Keep(context, studio.Codec, $"{name}.png", picture);
            var painted = new List<(string Style, Picture Picture)>();
            foreach (var style in styles)
            {
                Paint(style, 1);
                var (began, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                var whole = Paint(style, 1);
                var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                worked = Math.Max(worked, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
                if (seconds > slowest) (slowest, slow) = (seconds, style);
                repeats = Math.Max(repeats, Difference(whole, Paint(style, 1)));
                none = Math.Max(none, Difference(picture, Paint(style, 0)));
                var (half, full) = (Difference(picture, Paint(style, 0.5)), Difference(picture, whole));
                backwards = Math.Max(backwards, half - full);
                change = Math.Min(change, full);
                foreach (var (other, earlier) in painted)
                {
                    var distance = Difference(whole, earlier);
                    if (distance < apart) (apart, nearest) = (distance, $"{other} and {style}");
                }

                painted.Add((style, whole));
                Keep(context, studio.Codec, $"{name}-{style}.png", whole);
            }

            Picture Paint(string style, double strength)
            {
                var parameters = FormattableString.Invariant($$"""{"style":"{{style}}","strength":{{strength}},"output_format":"png"}""");
                var result = studio.Run("style-transfer", parameters, [new("image", file)], context.CancellationToken);
                return studio.Codec.Decode(result.Outputs[0].File, PictureLimits.Default, context.CancellationToken);
            }
        }

        table.AtLeast("built-in styles", 14, styles.Length);
        table.AtLeast($"least distance of two styles ({nearest}), mean of levels", 4, apart);
        table.AtLeast("least change by a style, mean of levels", 4, change);
        table.AtMost("difference of two runs with one seed", 0, repeats);
        table.AtMost("change at strength 0", 0, none);
        table.AtMost("half the strength beyond the whole, mean of levels", 0, Math.Max(0, backwards));
        Reference(table, studio, pictures, context);
        table.AtMost($"slowest style at 1 MP ({slow}), PNG decoding and encoding included", 1.5, slowest, "s");
        table.Note("most processor time of a style at 1 MP", worked, "s");
        return table;
    }

    private static void Reference(
        BenchmarkTable table, StudioInProcess studio, List<(string Name, Picture Picture)> pictures, BenchmarkContext context)
    {
        var png = new EncodeOptions(PictureFormat.Png);
        var reference = SyntheticPhoto.Paint(Side, Side * 3 / 4, seed: 4);
        double left = 0, seconds = 0;
        foreach (var (name, picture) in pictures)
        {
            InferenceInput[] inputs = [new("image", studio.Codec.Encode(picture, png)), new("reference", studio.Codec.Encode(reference, png))];
            studio.Run("style-transfer", "{}", inputs, context.CancellationToken);
            var began = Stopwatch.GetTimestamp();
            var result = studio.Run("style-transfer", "{}", inputs, context.CancellationToken);
            seconds = Math.Max(seconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
            var painted = studio.Codec.Decode(result.Outputs[0].File, PictureLimits.Default, context.CancellationToken);
            left = Math.Max(left, ColorDistance(painted, reference) / Math.Max(ColorDistance(picture, reference), 1e-6));
            Keep(context, studio.Codec, $"{name}-reference.png", painted);
        }

        table.AtMost("distance to a reference's colours left (sliced Wasserstein)", 0.4, left);
        table.AtMost("style of a reference at 1 MP", 1.5, seconds, "s");
    }

    /// <summary>The mean distance between the sorted projections of two pictures' colours on several directions.</summary>
    private static double ColorDistance(Picture one, Picture other)
    {
        double sum = 0;
        (double R, double G, double B)[] directions = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0.58, 0.58, 0.58), (0.71, -0.71, 0), (0.41, 0.41, -0.82)];
        foreach (var direction in directions)
        {
            double[] a = Project(one, direction), b = Project(other, direction);
            sum += a.Zip(b, (p, q) => Math.Abs(p - q)).Average();
        }

        return sum / directions.Length;
    }

    private static double[] Project(Picture picture, (double R, double G, double B) direction)
    {
        const int Samples = 4_000;
        var rgb = picture.As(PixelFormat.Rgb).Samples;
        var values = new double[Samples];
        for (var i = 0; i < Samples; i++)
        {
            var at = (int)((long)i * (rgb.Length / 3) / Samples) * 3;
            values[i] = (rgb[at] * direction.R) + (rgb[at + 1] * direction.G) + (rgb[at + 2] * direction.B);
        }

        Array.Sort(values);
        return values;
    }

    private static List<(string Name, Picture Picture)> Pictures(IPictureCodec codec, BenchmarkContext context)
    {
        List<(string, Picture)> pictures = [("scene", StyleScene.Paint(Side * 5 / 4, Side * 4 / 5))];
        foreach (var photo in context.Photos(".jpg", ".jpeg", ".png", ".webp"))
        {
            var picture = codec.DecodeScaled(
                File.ReadAllBytes(photo), new ScaledSize(Side, Side, FitMode.Fill), PictureLimits.Default, context.CancellationToken);
            pictures.Add((Path.GetFileNameWithoutExtension(photo), picture.As(PixelFormat.Rgb)));
        }

        return pictures;
    }

    private static double Difference(Picture one, Picture other)
    {
        byte[] a = one.As(PixelFormat.Rgb).Samples, b = other.As(PixelFormat.Rgb).Samples;
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }

    private static void Keep(BenchmarkContext context, IPictureCodec codec, string name, Picture picture)
    {
        if (context.OutputFolder is not { } folder) return;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), codec.Encode(picture, new EncodeOptions(PictureFormat.Png)));
    }
}
