using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Enhancing of pictures that were spoilt by program: what is left of the mean CIEDE2000 difference to the original, and how much a good
/// picture changes. Photographs where there are any, and pictures made by program.
/// </summary>
public static class EnhanceQuality
{
    private const int Longest = 640;

    private static readonly (string Kind, Func<double, int, double> Spoil)[] Degradations =
    [
        ("under-exposed", Light(0.5, 0.5, 0.5)),
        ("under-exposed", Light(0.25, 0.25, 0.25)),
        ("over-exposed", Light(1.7, 1.7, 1.7)),
        ("over-exposed", Light(2.5, 2.5, 2.5)),
        ("colour cast", Light(1.35, 1, 0.6)),
        ("colour cast", Light(0.65, 1, 1.4)),
        ("colour cast", Light(0.8, 1.15, 0.8)),
        ("flat", (value, _) => 0.5 + (0.5 * (value - 0.5))),
        ("flat", (value, _) => 0.3 + (0.45 * value)),
    ];

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("enhance");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var pictures = Pictures(studio.Codec, context);
        var differences = new List<(string Kind, double Before, double After)>();
        List<double> good = [];
        foreach (var (name, picture) in pictures)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            good.Add(Difference(picture, Enhanced(studio, context, picture, $"{name}-good")));
            foreach (var (index, (kind, spoil)) in Degradations.Index())
            {
                var spoilt = Spoilt(picture, spoil);
                var enhanced = Enhanced(studio, context, spoilt, $"{name}-{index}");
                differences.Add((kind, Difference(picture, spoilt), Difference(picture, enhanced)));
            }
        }

        foreach (var kind in differences.GroupBy(difference => difference.Kind))
            table.AtMost($"{kind.Key}: share of the ΔE2000 that is left", 0.5, kind.Average(one => one.After) / kind.Average(one => one.Before));
        table.AtMost("good: mean ΔE2000", 3, good.Average());
        table.Note("good: largest mean ΔE2000 of a picture", good.Max());
        return table;
    }

    private static Func<double, int, double> Light(double red, double green, double blue) => (value, channel) =>
        SrgbCurve.FromLinear(Math.Min(1, SrgbCurve.ToLinear(value) * (channel switch { 0 => red, 1 => green, _ => blue })));

    private static List<(string Name, Picture Picture)> Pictures(IPictureCodec codec, BenchmarkContext context)
    {
        List<(string, Picture)> pictures = [];
        for (var seed = 1; seed <= 3; seed++) pictures.Add(($"synthetic-{seed}", Muted(SyntheticPhoto.Paint(480, 360, seed))));
        foreach (var photo in context.Photos(".jpg", ".jpeg", ".png", ".webp").Where(file => !file.Contains(".matte.", StringComparison.Ordinal)))
        {
            var scaled = new ScaledSize(Longest, Longest, FitMode.Fit, false);
            var picture = codec.DecodeScaled(File.ReadAllBytes(photo), scaled, PictureLimits.Default, context.CancellationToken);
            pictures.Add((Path.GetFileNameWithoutExtension(photo), picture.As(PixelFormat.Rgb)));
        }

        return pictures;
    }

    /// <summary>Colours as pale as those of most photographs: what is painted has any colour equally often.</summary>
    private static Picture Muted(Picture picture)
    {
        for (var at = 0; at < picture.Samples.Length; at += 3)
        {
            double gray = (picture.Samples[at] + picture.Samples[at + 1] + picture.Samples[at + 2]) / 3.0;
            for (var c = at; c < at + 3; c++) picture.Samples[c] = (byte)Math.Round(gray + (0.4 * (picture.Samples[c] - gray)));
        }

        return picture;
    }

    private static Picture Spoilt(Picture picture, Func<double, int, double> spoil)
    {
        var result = new Picture(picture.Width, picture.Height, PixelFormat.Rgb);
        byte[][] tables =
            [.. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 256).Select(v => (byte)Math.Round(255 * spoil(v / 255.0, c))).ToArray())];
        for (var i = 0; i < result.Samples.Length; i++) result.Samples[i] = tables[i % 3][picture.Samples[i]];
        return result;
    }

    private static Picture Enhanced(StudioInProcess studio, BenchmarkContext context, Picture picture, string name)
    {
        var file = studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
        var enhanced = studio.Run("enhance", "{}", [new("image", file)], context.CancellationToken).Outputs[0].File;
        if (context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"enhance-{name}-before.png"), file);
            File.WriteAllBytes(Path.Combine(folder, $"enhance-{name}-after.png"), enhanced.ToArray());
        }

        return studio.Codec.Decode(enhanced, PictureLimits.Default, context.CancellationToken);
    }

    private static double Difference(Picture one, Picture other)
    {
        double sum = 0;
        for (var at = 0; at < one.Samples.Length; at += 3) sum += CieDe2000.Between(Lab(one, at), Lab(other, at));
        return sum / (one.Width * one.Height);
    }

    private static (double L, double A, double B) Lab(Picture picture, int at) =>
        CieLab.FromSrgb(picture.Samples[at] / 255f, picture.Samples[at + 1] / 255f, picture.Samples[at + 2] / 255f);
}
