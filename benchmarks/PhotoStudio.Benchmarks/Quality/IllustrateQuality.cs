using System.Diagnostics;
using System.Text.Json;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Faces;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Illustrated portraits after drawn ones: whether the face is still one, whether it was painted and set before something else, whether
/// styles and scenes differ, whether the same seed repeats, and the time at one megapixel.
/// </summary>
public static class IllustrateQuality
{
    private const int Side = 512;
    private static readonly string[] Styles = ["watercolor", "oil", "comic", "pastel"];
    private static readonly string[] Scenes = ["a field of lavender at sunset", "a snowy mountain lake", "city skyline at night"];

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("illustrate");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        int faces = 0, all = 0;
        double least = double.MaxValue, apart = double.MaxValue, ground = double.MaxValue;
        foreach (var (index, portrait) in Portraits().Take(context.Quick ? 2 : 6).Index())
        {
            var drawn = portrait.Paint(400, 400);
            var plain = Paint(studio, context, drawn, "oil", "", 1, Side);
            var scene = Scenes[index % Scenes.Length];
            List<Picture> painted = [];
            foreach (var style in Styles)
            {
                var picture = Paint(studio, context, drawn, style, scene, 1, Side);
                all++;
                if (HasFace(studio, context, picture)) faces++;
                foreach (var other in painted) apart = Math.Min(apart, Difference(picture, other));
                painted.Add(picture);
                if (context.OutputFolder is not { } folder) continue;
                Directory.CreateDirectory(folder);
                File.WriteAllBytes(Path.Combine(folder, $"illustrate-{index}-{style}.png"), studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png)));
            }

            ground = Math.Min(ground, Difference(painted[1], plain));
            least = Math.Min(least, Difference(painted[1], studio.Codec.DecodeScaled(
                studio.Codec.Encode(drawn, new EncodeOptions(PictureFormat.Png)), new ScaledSize(Side, Side, FitMode.Exact), PictureLimits.Default).As(PixelFormat.Rgb)));
        }

        table.AtLeast("portraits whose face is still seen as one", 0.9, faces / (double)all);
        table.AtLeast("least distance of two styles of one portrait, mean of levels", 4, apart);
        table.AtLeast("least change by the scene, mean of levels", 4, ground);
        table.AtLeast("least change of the photograph, mean of levels", 8, least);
        var first = Portraits().First().Paint(400, 400);
        table.AtMost("difference of two runs with one seed", 0, Difference(Paint(studio, context, first, "oil", Scenes[0], 5, Side), Paint(studio, context, first, "oil", Scenes[0], 5, Side)));
        var began = Stopwatch.GetTimestamp();
        Paint(studio, context, first, "watercolor", Scenes[0], 1, 1024);
        table.Note("time at 1024×1024", Stopwatch.GetElapsedTime(began).TotalSeconds, "s");
        return table;
    }

    private static IEnumerable<DrawnPortrait> Portraits() =>
    [
        new DrawnPortrait { EyeDistance = 84 },
        new DrawnPortrait { EyeDistance = 74, Skin = new(0.55f, 0.38f, 0.28f), Hair = new(0.08f, 0.06f, 0.05f), Background = new(0.75f, 0.72f, 0.6f) },
        new DrawnPortrait { EyeDistance = 70, Skin = new(0.94f, 0.78f, 0.70f), Hair = new(0.75f, 0.55f, 0.25f), Tilt = 0.1f },
        new DrawnPortrait { EyeDistance = 92, Iris = new(0.25f, 0.42f, 0.55f), Background = new(0.2f, 0.3f, 0.25f) },
        new DrawnPortrait { EyeDistance = 66, Tilt = -0.12f, MouthAt = 1.18f },
        new DrawnPortrait { EyeDistance = 80, Skin = new(0.76f, 0.56f, 0.44f), Hair = new(0.45f, 0.22f, 0.12f), Background = new(0.85f, 0.85f, 0.88f) },
    ];

    private static Picture Paint(StudioInProcess studio, BenchmarkContext context, Picture portrait, string style, string scene, int seed, int side)
    {
        var parameters = $$"""{"style":"{{style}}","prompt":"{{scene}}","seed":{{seed}},"width":{{side}},"height":{{side}},"output_format":"png"}""";
        var file = studio.Codec.Encode(portrait, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
        var result = studio.Run("illustrate", parameters, [new("image", file)], context.CancellationToken);
        return studio.Codec.Decode(result.Outputs[0].File, PictureLimits.Default, context.CancellationToken).As(PixelFormat.Rgb);
    }

    private static bool HasFace(StudioInProcess studio, BenchmarkContext context, Picture picture)
    {
        var file = studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), context.CancellationToken);
        var data = studio.Run("detect-faces", """{"min_score":0.3}""", [new("image", file)], context.CancellationToken).Data!;
        return JsonSerializer.Deserialize(data, DetectedFacesJson.Default.DetectedFaces)!.Faces.Count > 0;
    }

    private static double Difference(Picture one, Picture other)
    {
        double sum = 0;
        for (var i = 0; i < one.Samples.Length; i++) sum += Math.Abs(one.Samples[i] - other.Samples[i]);
        return sum / one.Samples.Length;
    }
}
