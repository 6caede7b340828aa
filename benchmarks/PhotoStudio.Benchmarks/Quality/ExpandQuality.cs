using System.Globalization;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Expanding the middle of pictures whose surroundings are known: whether the original stays as it is, whether patches beyond the edge
/// are like the true ones (beside diffusion, which repeats the edge), and whether an even gradient goes on as it was.
/// </summary>
public static class ExpandQuality
{
    private const int Side = 384, Border = 64;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("expand");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        List<double> shares = [], seams = [];
        var changed = 0;
        foreach (var (name, paint) in TexturePictures.Random.Concat(TexturePictures.Periodic))
        {
            var truth = paint(Side, Side, 1);
            var result = Expand(studio, PixelMoves.Box(truth, Border, Border, Side - (2 * Border), Side - (2 * Border)), context);
            var border = new PixelMask(Side, Side, [.. Enumerable.Range(0, Side * Side).Select(i => !IsInside(i % Side) || !IsInside(i / Side))]);
            for (var i = 0; i < border.Data.Length; i++)
                if (!border.Data[i] && !result.Samples.AsSpan(i * 3, 3).SequenceEqual(truth.Samples.AsSpan(i * 3, 3))) changed++;
            var (own, diffusion) = (InpaintScore.Of(result, truth, border), InpaintScore.Of(CompletionQuality.Diffuse(truth, border, context.CancellationToken), truth, border));
            shares.Add(own.Patches / diffusion.Patches);
            seams.Add(own.Seam);
            if (context.OutputFolder is not { } folder) continue;
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"expand-{name}.png"), studio.Codec.Encode(InpaintScore.SideBySide(truth, border, result), new EncodeOptions(PictureFormat.Png)));
        }

        table.AtMost("original pixels changed", 0, changed);
        table.AtMost("textures and patterns: patch distance as a share of diffusion's", 0.5, shares.Average());
        table.Note("the same, worst", shares.Max());
        table.AtMost("gradients across the edge as a share of the truth's", 1.25, seams.Average());
        table.AtMost("even gradient: mean error of its continuation", 8, Gradient(studio, context), "levels");
        return table;
    }

    private static bool IsInside(int at) => at >= Border && at < Side - Border;

    private static Picture Expand(StudioInProcess studio, Picture picture, BenchmarkContext context)
    {
        var parameters = string.Create(CultureInfo.InvariantCulture, $$"""{"left":{{Border}},"right":{{Border}},"top":{{Border}},"bottom":{{Border}}}""");
        InferenceInput[] input = [new("image", studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png)))];
        var file = studio.Run("expand", parameters, input, context.CancellationToken).Outputs[0].File;
        return studio.Codec.Decode(file, PictureLimits.Default, context.CancellationToken).As(PixelFormat.Rgb);
    }

    private static double Gradient(StudioInProcess studio, BenchmarkContext context)
    {
        const int Inner = Side - (2 * Border);
        var picture = new Picture(Inner, Inner, PixelFormat.Rgb);
        for (var i = 0; i < Inner * Inner; i++)
            for (var c = 0; c < 3; c++) picture.Samples[(i * 3) + c] = (byte)Level(i % Inner, i / Inner, c);
        var result = Expand(studio, picture, context);
        double sum = 0;
        var count = 0;
        for (var i = 0; i < Side * Side; i++)
        {
            int x = i % Side, y = i / Side;
            if (IsInside(x) && IsInside(y)) continue;
            for (var c = 0; c < 3; c++, count++) sum += Math.Abs(result.Samples[(i * 3) + c] - Math.Clamp(Level(x - Border, y - Border, c), 0, 255));
        }

        return sum / count;
    }

    // From below to above the middle tones over the whole of the larger picture.
    private static double Level(int x, int y, int channel) => Math.Round(120 + ((channel == 2 ? -0.25 : 0.25) * (x - 128)) + (0.15 * (y - 128)));
}
