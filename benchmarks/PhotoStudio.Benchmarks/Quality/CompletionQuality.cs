using System.Diagnostics;
using System.Numerics;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Completion;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Object removal on pictures whose hidden content is known: patch statistics on textures, PSNR on periodic patterns, gradients along
/// the border, and the time at one megapixel; beside plain diffusion in the same run, and OpenCV's two methods where Python has them.
/// </summary>
public static class CompletionQuality
{
    private const int Side = 384;
    private const int PhotoSide = 640;
    private const double LargeShare = 0.1, SmallShare = 0.02;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("object-removal and inpaint");
        var codec = new VipsPictureCodec();
        List<Trial> random = [], periodic = [], smooth = [], photographs = [];
        foreach (var seed in Enumerable.Range(1, context.Quick ? 1 : 3))
        {
            foreach (var (name, paint) in TexturePictures.Random) random.Add(Try(context, codec, $"{name}-{seed}", paint(Side, Side, seed), Hole(Side, Side, seed, LargeShare), seed));
            smooth.Add(Try(context, codec, $"clouds-{seed}", TexturePictures.Clouds(Side, Side, seed), Hole(Side, Side, seed, LargeShare), seed));
            foreach (var (name, paint) in TexturePictures.Periodic) periodic.Add(Try(context, codec, $"{name}-{seed}", paint(Side, Side, seed), Hole(Side, Side, seed, LargeShare), seed));
        }

        foreach (var file in context.Photos(".jpg", ".jpeg", ".png", ".webp").Where(file => !file.Contains(".matte.", StringComparison.Ordinal)))
        {
            var photo = codec.DecodeScaled(File.ReadAllBytes(file), new ScaledSize(PhotoSide, PhotoSide), PictureLimits.Default).As(PixelFormat.Rgb);
            foreach (var seed in Enumerable.Range(1, context.Quick ? 12 : 30))
            {
                var hole = Hole(photo.Width, photo.Height, seed, SmallShare);
                if (InpaintScore.IsTexture(photo, hole, InpaintScore.Of(Diffuse(photo, hole, context.CancellationToken), photo, hole)))
                    photographs.Add(Try(context, codec, $"{Path.GetFileNameWithoutExtension(file)}-{seed}", photo, hole, seed));
            }
        }

        foreach (var (name, trials) in (ReadOnlySpan<(string, List<Trial>)>)[("random textures", random), ("periodic patterns", periodic)])
        {
            table.AtMost($"{name}: patch distance as a share of diffusion's", 0.5, trials.Average(t => t.Own.Patches / t.Diffusion.Patches));
            table.AtMost($"{name}: the same, worst", 0.5, trials.Max(t => t.Own.Patches / t.Diffusion.Patches));
            table.AtMost($"{name}: gradients across the border as a share of the truth's", 1.25, trials.Average(t => t.Own.Seam));
        }

        table.Note("smooth clouds: patch distance as a share of diffusion's", smooth.Average(t => t.Own.Patches / t.Diffusion.Patches));
        table.Note("smooth clouds: gradients across the border as a share of the truth's", smooth.Average(t => t.Own.Seam));
        if (photographs.Count > 0)
        {
            // What a hole in a photograph hides is seldom seen elsewhere in it: few of them can come near the textures' figures.
            table.Note("textured holes in photographs: how many", photographs.Count);
            table.AtMost("textured holes in photographs: patch distance as a share of diffusion's", 0.5, photographs.Average(t => t.Own.Patches / t.Diffusion.Patches));
            table.Note("textured holes in photographs: share that reaches 0.5", photographs.Count(t => t.Own.Patches <= 0.5 * t.Diffusion.Patches) / (double)photographs.Count);
            table.Note("textured holes in photographs: gradients across the border as a share of the truth's", photographs.Average(t => t.Own.Seam));
        }

        table.AtLeast("periodic patterns: PSNR over diffusion", 3, periodic.Average(t => t.Own.Psnr - t.Diffusion.Psnr), "dB");
        table.AtLeast("periodic patterns: the same, worst", 3, periodic.Min(t => t.Own.Psnr - t.Diffusion.Psnr), "dB");
        table.AtMost("pixels changed outside the mask", 0, random.Concat(periodic).Concat(photographs).Sum(t => t.ChangedOutside));
        OpenCvInpaint.AddTo(table, codec, context, Holes());
        Time(context, table);
        return table;
    }

    /// <summary>Pictures with their holes, for peers.</summary>
    private static IEnumerable<(string Name, Picture Truth, PixelMask Hole, bool IsPeriodic)> Holes()
    {
        foreach (var (name, paint) in TexturePictures.Random) yield return (name, paint(Side, Side, 1), Hole(Side, Side, 1, LargeShare), false);
        foreach (var (name, paint) in TexturePictures.Periodic) yield return (name, paint(Side, Side, 1), Hole(Side, Side, 1, LargeShare), true);
    }

    private static Trial Try(BenchmarkContext context, VipsPictureCodec codec, string name, Picture truth, PixelMask hole, int seed)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var own = PatchCompletion.Fill(truth, hole, new() { Seed = seed }, null, context.CancellationToken);
        var smooth = Diffuse(truth, hole, context.CancellationToken);
        var changed = 0;
        for (var i = 0; i < hole.Data.Length; i++)
            if (!hole.Data[i] && !own.Samples.AsSpan(i * 3, 3).SequenceEqual(truth.Samples.AsSpan(i * 3, 3))) changed++;
        var trial = new Trial(InpaintScore.Of(own, truth, hole), InpaintScore.Of(smooth, truth, hole), changed);
        if (context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, FormattableString.Invariant($"{name}-{trial.Own.Patches / trial.Diffusion.Patches:0.00}-{trial.Own.Psnr - trial.Diffusion.Psnr:0.0}.png"));
            File.WriteAllBytes(file, codec.Encode(InpaintScore.SideBySide(truth, hole, own), new EncodeOptions(PictureFormat.Png)));
        }

        return trial;
    }

    /// <summary>A bent blob that covers about such a share of the picture, somewhere well inside.</summary>
    public static PixelMask Hole(int width, int height, int seed, double share)
    {
        var hole = new PixelMask(width, height);
        var random = new Random(seed * 31);
        double radius = Math.Sqrt(share * width * height / Math.PI), phase = random.NextDouble() * 6;
        double x = (0.3 + (0.4 * random.NextDouble())) * width, y = (0.3 + (0.4 * random.NextDouble())) * height;
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                double dx = column - x, dy = row - y, angle = Math.Atan2(dy, dx);
                hole[column, row] = Math.Sqrt((dx * dx) + (dy * dy)) < radius * (1 + (0.2 * Math.Sin((3 * angle) + phase)) + (0.08 * Math.Sin((7 * angle) - phase)));
            }
        }

        return hole;
    }

    /// <summary>The hole filled by plain diffusion.</summary>
    public static Picture Diffuse(Picture picture, PixelMask hole, CancellationToken cancellationToken)
    {
        var colors = new Vector4[hole.Data.Length];
        for (var i = 0; i < colors.Length; i++) colors[i] = new(picture.Samples[i * 3], picture.Samples[(i * 3) + 1], picture.Samples[(i * 3) + 2], 0);
        var filled = DiffusionFill.Fill(colors, hole, _ => true, cancellationToken);
        var result = new Picture(picture.Width, picture.Height, PixelFormat.Rgb);
        for (var i = 0; i < filled.Length; i++)
            for (var c = 0; c < 3; c++) result.Samples[(i * 3) + c] = (byte)Math.Clamp(filled[i][c] + 0.5f, 0, 255);
        return result;
    }

    private static void Time(BenchmarkContext context, BenchmarkTable table)
    {
        const int Large = 1024;
        var picture = SyntheticPhoto.Paint(Large, Large, seed: 1);
        var hole = Hole(Large, Large, 1, LargeShare);
        var times = Enumerable.Range(0, 3).Select(_ =>
        {
            var began = Stopwatch.GetTimestamp();
            PatchCompletion.Fill(picture, hole, null, null, context.CancellationToken);
            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        }).ToList();
        table.AtMost("time at 1024×1024 with 10 % masked", 3, times.Min(), "s");
    }

    private sealed record Trial(InpaintScore Own, InpaintScore Diffusion, int ChangedOutside);
}
