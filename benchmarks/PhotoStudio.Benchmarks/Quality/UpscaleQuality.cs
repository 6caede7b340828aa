using System.Diagnostics;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Upscaling of pictures that were shrunk by antialiased bicubic resampling: PSNR of the luma over bicubic enlargement, the overshoot at an
/// edge beside it, and the time for a result of one megapixel.
/// </summary>
public static class UpscaleQuality
{
    private const int Border = 4;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("upscale");
        Measure(context, table, "residual-network", (2, 1.8), (4, 1.0));
        Measure(context, table, "back-projection", (2, 0.5), (4, 0.3));
        return table;
    }

    private static void Measure(BenchmarkContext context, BenchmarkTable table, string engine, params ReadOnlySpan<(int Scale, double Bar)> bars)
    {
        using var studio = StudioInProcess.Start(context.CancellationToken, ("Engines:upscale", engine));
        var pictures = CleanPictures.Of(studio.Codec, context, 512, 384);
        foreach (var (scale, bar) in bars)
        {
            List<double> gains = [], reached = [];
            foreach (var (name, whole) in pictures)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                int width = whole.Width / scale, height = whole.Height / scale;
                var picture = Crop(whole, width * scale, height * scale);
                var small = Resampled(picture, width, height);
                var large = Upscaled(studio, context, small, scale, $"{engine}-{name}");
                reached.Add(LumaPsnr(picture, large));
                gains.Add(reached[^1] - LumaPsnr(picture, Resampled(small, picture.Width, picture.Height)));
            }

            table.Note($"{engine} ×{scale}: mean PSNR of the luma", reached.Average(), "dB");
            table.AtLeast($"{engine} ×{scale}: over bicubic", bar, gains.Average(), "dB");
            table.Note($"{engine} ×{scale}: least gain of a picture", gains.Min(), "dB");
        }

        table.AtMost($"{engine}: overshoot at an edge beside bicubic's", 0.5, Overshoot(studio, context), "levels");
        var source = Crop(SyntheticPhoto.Paint(512, 512, 1), 512, 512);
        var times = Enumerable.Range(0, context.Quick ? 3 : 7).Select(_ =>
        {
            var watch = Stopwatch.StartNew();
            Upscaled(studio, context, source, 2, null);
            return watch.Elapsed.TotalSeconds;
        }).ToList();
        table.AtMost($"{engine}: time to a result of 1024×1024", 2, Statistics.Median(times), "s");
    }

    private static double Overshoot(StudioInProcess studio, BenchmarkContext context)
    {
        var edge = new Picture(48, 48, PixelFormat.Rgb);
        for (var i = 0; i < edge.Samples.Length; i++) edge.Samples[i] = (byte)(i / 3 % 48 < 24 ? 60 : 190);
        Picture ours = Upscaled(studio, context, edge, 4, null), bicubic = Resampled(edge, 192, 192);
        return Math.Max(ours.Samples.Max() - bicubic.Samples.Max(), bicubic.Samples.Min() - ours.Samples.Min());
    }

    private static Picture Upscaled(StudioInProcess studio, BenchmarkContext context, Picture picture, int scale, string? keep)
    {
        var file = studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
        var result = studio.Run("upscale", $$"""{"scale":{{scale}}}""", [new("image", file)], context.CancellationToken).Outputs[0].File;
        if (keep is not null && context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"upscale-{keep}-{scale}-before.png"), file);
            File.WriteAllBytes(Path.Combine(folder, $"upscale-{keep}-{scale}-after.png"), result.ToArray());
        }

        return studio.Codec.Decode(result, PictureLimits.Default, context.CancellationToken);
    }

    private static Picture Crop(Picture picture, int width, int height)
    {
        var result = new Picture(width, height, picture.Format);
        for (var y = 0; y < height; y++) picture.Row(y)[..result.Stride].CopyTo(result.Row(y));
        return result;
    }

    private static Picture Resampled(Picture picture, int width, int height)
    {
        var result = new Picture(width, height, picture.Format);
        BicubicTaps columns = BicubicTaps.For(picture.Width, width), rows = BicubicTaps.For(picture.Height, height);
        for (var c = 0; c < picture.Channels; c++)
        {
            var plane = new Plane(picture.Width, picture.Height);
            for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = picture.Samples[(i * picture.Channels) + c];
            plane = BicubicTaps.Resample(plane, columns, rows);
            for (var i = 0; i < plane.Data.Length; i++) result.Samples[(i * picture.Channels) + c] = (byte)(Math.Clamp(plane.Data[i], 0, 255) + 0.5f);
        }

        return result;
    }

    private static double LumaPsnr(Picture one, Picture other)
    {
        double squares = 0;
        for (var y = Border; y < one.Height - Border; y++)
        {
            for (var x = Border; x < one.Width - Border; x++)
            {
                var difference = Luma(one, x, y) - Luma(other, x, y);
                squares += difference * difference;
            }
        }

        return 10 * Math.Log10(255.0 * 255.0 * (one.Width - (2 * Border)) * (one.Height - (2 * Border)) / squares);
    }

    private static double Luma(Picture picture, int x, int y)
    {
        var pixel = picture.Row(y).Slice(x * 3, 3);
        return (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);
    }
}
