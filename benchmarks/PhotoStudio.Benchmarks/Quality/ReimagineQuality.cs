using System.Diagnostics;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Reimagining and variations: how far the pictures of two seeds lie apart at least, whether a seed repeats,
/// and the time a picture takes.
/// </summary>
public static class ReimagineQuality
{
    private const int Side = 1_024;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("reimagine and variations");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var file = studio.Codec.Encode(StyleScene.Paint(Side, Side), new EncodeOptions(PictureFormat.Png));
        var pictures = new List<Picture>();
        double slowest = 0;
        for (var seed = 0; seed < (context.Quick ? 4 : 12); seed++)
        {
            var began = Stopwatch.GetTimestamp();
            pictures.Add(Run("reimagine", $$"""{"seed":{{seed}},"output_format":"png"}""")[0]);
            if (seed > 0) slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(began).TotalSeconds);
            Keep(context, studio.Codec, $"reimagine-{seed}.png", pictures[^1]);
        }

        var variations = Run("variations", """{"num_variations":8,"output_format":"png"}""");
        foreach (var (index, picture) in variations.Index()) Keep(context, studio.Codec, $"variation-{index}.png", picture);
        table.AtLeast("reimagine: least distance of two seeds, mean of levels", 3, Least(pictures));
        table.AtLeast("variations: least distance of two of eight, mean of levels", 3, Least(variations));
        table.AtMost("difference of two runs with one seed", 0, Difference(pictures[1], Run("reimagine", """{"seed":1,"output_format":"png"}""")[0]));
        table.AtMost("slowest picture at 1 MP, PNG decoding and encoding included", 1.5, slowest, "s");
        return table;

        List<Picture> Run(string operation, string parameters) => [.. studio.Run(operation, parameters, [new InferenceInput("image", file)], context.CancellationToken)
            .Outputs.Select(output => studio.Codec.Decode(output.File, PictureLimits.Default, context.CancellationToken).As(PixelFormat.Rgb))];
    }

    private static double Least(List<Picture> pictures)
    {
        var least = double.MaxValue;
        for (var i = 0; i < pictures.Count; i++)
            for (var j = 0; j < i; j++) least = Math.Min(least, Difference(pictures[i], pictures[j]));
        return least;
    }

    private static double Difference(Picture one, Picture other)
    {
        double sum = 0;
        for (var i = 0; i < one.Samples.Length; i++) sum += Math.Abs(one.Samples[i] - other.Samples[i]);
        return sum / one.Samples.Length;
    }

    private static void Keep(BenchmarkContext context, IPictureCodec codec, string name, Picture picture)
    {
        if (context.OutputFolder is not { } folder) return;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), codec.Encode(picture, new EncodeOptions(PictureFormat.Png)));
    }
}
