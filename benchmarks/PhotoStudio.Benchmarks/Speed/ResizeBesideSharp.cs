using System.Diagnostics;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>
/// A 12-megapixel JPEG to a JPEG of 1024 pixels, through the studio's whole inference path and by npm's sharp, turn by turn:
/// the same bytes, kernel, quality, chroma subsampling and number of threads.
/// </summary>
public static class ResizeBesideSharp
{
    private const int Width = 4_000;
    private const int Height = 3_000;
    private const int TargetWidth = 1_024;
    private const int Quality = 90;
    private const double Bar = 1.15;

    /// <summary>Runs both and compares the medians.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("resize 12 MP JPEG to 1024 px, beside sharp");
        var folder = Directory.CreateTempSubdirectory("photostudio-speed-");
        try
        {
            using var studio = StudioInProcess.Start(context.CancellationToken);
            var file = studio.Codec.Encode(SyntheticPhoto.Paint(Width, Height, seed: 12), new EncodeOptions(PictureFormat.Jpeg, Quality));
            var path = Path.Combine(folder.FullName, "photo.jpg");
            File.WriteAllBytes(path, file);
            using var sharp = SharpPeer.Start(path, TargetWidth, Quality, new VipsOptions().Threads);
            Compare(table, studio, sharp, file, context);
            Resemble(table, studio, sharp, file, folder.FullName, context);
        }
        catch (FileNotFoundException missing)
        {
            table.AtMost($"studio : sharp ({missing.Message})", Bar, double.NaN);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return table;
    }

    private static byte[] Resize(StudioInProcess studio, byte[] file, CancellationToken cancellationToken)
    {
        var parameters = $$"""{"width":{{TargetWidth}},"output_quality":{{Quality}}}""";
        var result = studio.Run("resize", parameters, [new("image", file)], cancellationToken);
        return result.Outputs[0].File.ToArray();
    }

    private static void Compare(BenchmarkTable table, StudioInProcess studio, SharpPeer sharp, byte[] file, BenchmarkContext context)
    {
        var (warmUps, rounds) = context.Quick ? (3, 10) : (10, 60);
        List<double> ours = [], theirs = [];
        for (var round = -warmUps; round < rounds; round++)
        {
            // Who goes first changes from round to round.
            if (round % 2 == 0) Keep(theirs, sharp.Resize());
            var began = Stopwatch.GetTimestamp();
            _ = Resize(studio, file, context.CancellationToken);
            Keep(ours, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (round % 2 != 0) Keep(theirs, sharp.Resize());

            void Keep(List<double> times, double milliseconds)
            {
                if (round >= 0) times.Add(milliseconds);
            }
        }

        double our = Statistics.Median(ours), their = Statistics.Median(theirs);
        table.Note("threads of each", new VipsOptions().Threads);
        table.Note("file", file.Length / 1e6, "MB");
        table.Note("studio, median", our, "ms");
        table.Note("studio, fastest", ours.Min(), "ms");
        table.Note("sharp, median", their, "ms");
        table.Note("sharp, fastest", theirs.Min(), "ms");
        table.AtMost("studio : sharp, medians", Bar, our / their);
    }

    /// <summary>Both did the same work: the results look the same.</summary>
    private static void Resemble(
        BenchmarkTable table, StudioInProcess studio, SharpPeer sharp, byte[] file, string folder, BenchmarkContext context)
    {
        var path = Path.Combine(folder, "sharp.jpg");
        sharp.Save(path);
        var ours = Resize(studio, file, context.CancellationToken);
        var theirs = File.ReadAllBytes(path);
        var (one, other) = (studio.Codec.Decode(ours, PictureLimits.Default), studio.Codec.Decode(theirs, PictureLimits.Default));
        table.AtLeast("likeness of the results", 35, Statistics.Psnr(one, other), "dB");
        table.Note("studio, size of the result", ours.Length / 1e3, "kB");
        table.Note("sharp, size of the result", theirs.Length / 1e3, "kB");
        if (context.OutputFolder is not { } output) return;

        Directory.CreateDirectory(output);
        File.WriteAllBytes(Path.Combine(output, "resize-studio.jpg"), ours);
        File.WriteAllBytes(Path.Combine(output, "resize-sharp.jpg"), theirs);
    }
}
