using System.Diagnostics;
using System.Text.Json;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Generation from words: the time of one megapixel over many kinds of prompts, whether a seed gives the same picture again, and whether
/// what a word promises can be measured on the pixels.
/// </summary>
public static class GenerateQuality
{
    private static readonly string[] Prompts =
    [
        "a mountain lake at sunset with pine trees and a red boat", "misty forest in the morning with a deer", "city skyline at night with reflections and a bridge",
        "a lighthouse on a cliff, storm, sea", "three hot air balloons over a field of lavender at sunrise", "desert dunes with camels at sunset",
        "aurora over snowy mountains and a lake", "a spiral galaxy and a ringed planet", "still life with a vase of roses and fruit",
        "portrait of a woman with red hair", "abstract in teal and orange", "a mandala in purple and gold", "cherry blossom by a river, watercolor", "a village in winter, impressionist",
    ];

    // A prompt and another that must be so much more of something, measured as the mean of the whole picture.
    private static readonly (string Name, string More, string Less, Func<Picture, double> Measure)[] Promises =
    [
        ("day lighter than dusk", "a meadow, day", "a meadow, dusk", Light),
        ("dusk lighter than night", "a meadow, dusk", "a meadow, night", Light),
        ("snow lighter than grass", "a snowy field, day", "a field, day", picture => Light(Part(picture, 0.75, 1))),
        ("red sky redder than blue sky", "a red sky over a field", "a blue sky over a field", picture => Lean(Part(picture, 0, 0.4), 0)),
        ("green aurora greener than none", "aurora, night", "a field, night", picture => Lean(picture, 1)),
        ("sea bluer than desert", "the open sea, day", "desert dunes, day", picture => Lean(Part(picture, 0.6, 1), 2)),
        ("forest darker than meadow", "forest, day", "a meadow, day", picture => -Light(Part(picture, 0.2, 0.7))),
        ("abstract in red is red", "abstract in red", "abstract in blue", picture => Lean(picture, 0)),
        ("abstract in green is green", "abstract in green", "abstract in red", picture => Lean(picture, 1)),
        ("fog has less contrast", "fog, hills, day", "hills, day, clear sky", picture => -Spread(picture)),
        ("a red boat is there, and not when unwanted", "a red boat on a lake, day", "a lake, day, no boat", RedPixels),
        ("a red house is there, and not when unwanted", "a red house in a meadow, day", "a meadow, day, no house", RedPixels),
    ];

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("generate");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        Picture Paint(string prompt, int seed, int size, OutputFormatName format = OutputFormatName.Png)
        {
            var result = Generate(studio, context, prompt, seed, size, format);
            return studio.Codec.Decode(result.Outputs[0].File, PictureLimits.Default, context.CancellationToken);
        }

        Generate(studio, context, "a lake", 1, 512, OutputFormatName.Png);
        var times = new List<double>();
        foreach (var prompt in context.Quick ? Prompts.Take(4) : Prompts)
        {
            var began = Stopwatch.GetTimestamp();
            var result = Generate(studio, context, prompt, 1, 1024, OutputFormatName.Jpeg);
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            if (context.OutputFolder is { } folder)
                File.WriteAllBytes(Path.Combine(folder, $"generate-{times.Count:00}.jpg"), result.Outputs[0].File.ToArray());
        }

        table.AtMost("1 MP, mean time", 2, times.Average(), "s");
        table.AtMost("1 MP, longest time", 2, times.Max(), "s");
        var seeds = context.Quick ? 2 : 5;
        var same = Prompts.Count(prompt => Paint(prompt, 3, 256).Samples.AsSpan().SequenceEqual(Paint(prompt, 3, 256).Samples));
        table.AtLeast("the same picture for the same seed, share", 1, same / (double)Prompts.Length);
        var distinct = Enumerable.Range(1, seeds).Select(seed => Convert.ToBase64String(Paint("a mountain lake", seed, 256).Samples)).Distinct(StringComparer.Ordinal).Count();
        table.AtLeast("distinct pictures for distinct seeds, share", 1, distinct / (double)seeds);
        var all = 0;
        foreach (var (name, more, less, measure) in Promises)
        {
            var kept = Enumerable.Range(1, seeds).Count(seed => measure(Paint(more, seed, 256)) > measure(Paint(less, seed, 256)));
            all += kept;
            table.AtLeast(name + ", share of seeds", 0.8, kept / (double)seeds);
        }

        table.AtLeast("all promises, share", 0.95, all / (double)(seeds * Promises.Length));
        return table;
    }

    private enum OutputFormatName
    {
        Png,
        Jpeg,
    }

    private static InferenceResult Generate(StudioInProcess studio, BenchmarkContext context, string prompt, int seed, int size, OutputFormatName format)
    {
        var parameters = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["prompt"] = prompt, ["seed"] = seed, ["width"] = size, ["height"] = size, ["output_format"] = format == OutputFormatName.Png ? "png" : "jpeg",
        });
        return studio.Inference.RunAsync(new($"generate-{seed}", "generate", parameters, []), null, context.CancellationToken).GetAwaiter().GetResult();
    }

    private static Picture Part(Picture picture, double top, double bottom)
    {
        int first = (int)(top * picture.Height), end = (int)(bottom * picture.Height);
        return new(picture.Width, end - first, picture.Format, picture.Samples[(first * picture.Stride)..(end * picture.Stride)]);
    }

    private static double Channel(Picture picture, int channel)
    {
        double sum = 0;
        for (var i = channel; i < picture.Samples.Length; i += picture.Channels) sum += picture.Samples[i];
        return sum / (picture.Width * picture.Height);
    }

    private static double Light(Picture picture) => (0.299 * Channel(picture, 0)) + (0.587 * Channel(picture, 1)) + (0.114 * Channel(picture, 2));

    private static double Lean(Picture picture, int channel) =>
        Channel(picture, channel) - ((Channel(picture, (channel + 1) % 3) + Channel(picture, (channel + 2) % 3)) / 2);

    private static double Spread(Picture picture)
    {
        var mean = Channel(picture, 1);
        double sum = 0;
        for (var i = 1; i < picture.Samples.Length; i += picture.Channels) sum += (picture.Samples[i] - mean) * (picture.Samples[i] - mean);
        return Math.Sqrt(sum / (picture.Width * picture.Height));
    }

    private static double RedPixels(Picture picture)
    {
        var count = 0;
        for (var i = 0; i < picture.Samples.Length; i += picture.Channels)
        {
            if (picture.Samples[i] > 70 && picture.Samples[i] > picture.Samples[i + 1] * 2 && picture.Samples[i] > picture.Samples[i + 2] * 2) count++;
        }

        return count;
    }
}
