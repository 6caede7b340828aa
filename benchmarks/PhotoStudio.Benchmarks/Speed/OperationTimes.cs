using System.Diagnostics;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>
/// How long each operation with a ready engine takes on one megapixel, 1024×1024 JPEG, decoding and encoding included: the
/// median of several runs on the slowest of the pictures.
/// </summary>
public static class OperationTimes
{
    private const int Side = 1_024;

    /// <summary>Seconds that an operation may take; one that is not here is measured without a bar.</summary>
    private static readonly Dictionary<string, double> Bars = new(StringComparer.Ordinal)
    {
        ["denoise"] = 2,
        ["enhance"] = 0.4,
        ["expand"] = 3,
        ["face-enhance"] = 0.8,
        ["face-swap"] = 1.2,
        ["generate"] = 2,
        ["inpaint"] = 3,
        ["object-removal"] = 3,
        ["relight"] = 0.6,
        ["reimagine"] = 1.5,
        ["remove-background"] = 1.5,
        ["replace-background"] = 1.8,
        ["style-transfer"] = 1.5,
        ["variations"] = 1.5,
        ["upscale"] = 2,
    };

    /// <summary>What makes an operation do its work; the others run with their defaults.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["adjust"] = """{"exposure":0.5,"contrast":20,"highlights":-20,"shadows":20,"saturation":10,"temperature":10,"sharpness":20}""",
        ["crop"] = """{"aspect_ratio":"4:5"}""",
        ["denoise"] = """{"noise_level":25}""",
        ["expand"] = """{"aspect_ratio":"4:3"}""",
        ["edit"] = """{"prompt":"make it warmer, then rotate it by 90 degrees"}""",
        ["face-swap"] = """{"consent":true}""",
        ["generate"] = """{"prompt":"a mountain lake at sunset with pine trees and a red boat","seed":1}""",
        ["flip"] = """{"direction":"horizontal"}""",
        ["inpaint"] = """{"boxes":[350,350,324,324]}""",
        ["object-removal"] = """{"boxes":[350,350,324,324]}""",
        ["reimagine"] = """{"prompt":"a rainy night"}""",
        ["replace-background"] = """{"color":"#3060a0"}""",
        ["moderate"] = """{"prompt":"a quiet lake at dawn"}""",
        ["resize"] = """{"width":512}""",
        ["rotate"] = """{"angle":30}""",
        ["style-transfer"] = """{"style":"watercolor"}""",
        ["variations"] = """{"num_variations":1}""",
    };

    /// <summary>Operations that refuse a picture without a face; they get a portrait drawn by program.</summary>
    private static readonly HashSet<string> NeedFaces = new(["face-enhance", "face-swap"], StringComparer.Ordinal);

    /// <summary>Parameters with which an operation does its work.</summary>
    internal static string ParametersOf(Operation operation) => Parameters.GetValueOrDefault(operation.Name, "{}");

    /// <summary>Whether an operation refuses a picture without a face.</summary>
    internal static bool NeedsFace(Operation operation) => NeedFaces.Contains(operation.Name);

    /// <summary>The picture for every slot that an operation requires.</summary>
    internal static InferenceInput[] Inputs(Operation operation, byte[] picture) =>
        [.. operation.Inputs.Where(slot => slot.Required).Select(slot => new InferenceInput(slot.Name, picture))];

    /// <summary>Runs every operation.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("operations at 1 MP, median on the slowest picture");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var pictures = Pictures(studio.Codec, context);
        List<(string Name, byte[] File)> portraits = [("portrait", Portrait(studio.Codec))];
        var statuses = studio.Inference.EnginesAsync(context.CancellationToken).GetAwaiter().GetResult();
        var ready = statuses.Where(status => status.Ready).Select(status => status.Operation).ToHashSet(StringComparer.Ordinal);
        foreach (var operation in OperationCatalog.All.Where(operation => ready.Contains(operation.Name)))
        {
            var suited = NeedFaces.Contains(operation.Name) ? portraits : pictures;
            var times = suited.Select(picture => Time(studio, operation, picture.Name, picture.File, context));
            var (seconds, engine) = times.MaxBy(time => time.Seconds);
            var figure = $"{operation.Name} by {engine}";
            if (Bars.TryGetValue(operation.Name, out var bar)) table.AtMost(figure, bar, seconds, "s");
            else table.Note(figure, seconds, "s");
        }

        return table;
    }

    /// <summary>A portrait whose face takes a quarter of the picture.</summary>
    private static byte[] Portrait(IPictureCodec codec) => codec.Encode(
        new DrawnPortrait { EyeDistance = 190, EyesMiddle = new(512, 420), Noise = 6 }.Paint(Side, Side), new EncodeOptions(PictureFormat.Jpeg, 92));

    /// <summary>Pictures made by program, and the photographs where there are any.</summary>
    private static List<(string Name, byte[] File)> Pictures(IPictureCodec codec, BenchmarkContext context)
    {
        var jpeg = new EncodeOptions(PictureFormat.Jpeg, 92);
        List<(string, byte[])> pictures = [("synthetic", codec.Encode(SyntheticPhoto.Paint(Side, Side, seed: 1), jpeg))];
        foreach (var photo in context.Photos(".jpg", ".jpeg", ".png", ".webp"))
        {
            var square = codec.DecodeScaled(
                File.ReadAllBytes(photo), new ScaledSize(Side, Side, FitMode.Fill), PictureLimits.Default, context.CancellationToken);
            pictures.Add((Path.GetFileNameWithoutExtension(photo), codec.Encode(square, jpeg, context.CancellationToken)));
        }

        return pictures;
    }

    private static (double Seconds, string Engine) Time(
        StudioInProcess studio, Operation operation, string name, byte[] picture, BenchmarkContext context)
    {
        var (inputs, parameters) = (Inputs(operation, picture), ParametersOf(operation));
        var result = studio.Run(operation.Name, parameters, inputs, context.CancellationToken);
        if (context.OutputFolder is { } folder) Keep(folder, $"{operation.Name}-{name}", result);

        List<double> seconds = [];
        for (var round = 0; round < (context.Quick ? 3 : 9); round++)
        {
            var began = Stopwatch.GetTimestamp();
            studio.Run(operation.Name, parameters, inputs, context.CancellationToken);
            seconds.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return (Statistics.Median(seconds), result.Engine.Engine);
    }

    private static void Keep(string folder, string name, InferenceResult result)
    {
        Directory.CreateDirectory(folder);
        foreach (var (index, output) in result.Outputs.Index())
            File.WriteAllBytes(Path.Combine(folder, $"{name}-{index}.{output.Extension}"), output.File.ToArray());
    }
}
