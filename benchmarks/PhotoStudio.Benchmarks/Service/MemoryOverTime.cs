using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Benchmarks.Service;

/// <summary>
/// The memory of the inference service while it works on many pictures of several sizes and formats, each by another operation:
/// after a warm-up of a tenth of them it must not grow.
/// </summary>
public static class MemoryOverTime
{
    private const int Images = 10_000;
    private const int Points = 100;
    private const int Callers = 4;
    private const double Bar = 10;

    private static readonly (string Operation, string Parameters)[] Work =
    [
        ("resize", """{"width":200}"""),
        ("crop", """{"aspect_ratio":"1:1"}"""),
        ("rotate", """{"angle":30}"""),
        ("flip", """{"direction":"horizontal"}"""),
        ("adjust", """{"exposure":0.5,"contrast":20,"sharpness":20}"""),
        ("convert", """{"output_format":"webp"}"""),
        ("resize", """{"width":300,"output_format":"png"}"""),
    ];

    /// <summary>The one that takes so much longer than the others that it runs on each fiftieth picture only.</summary>
    private static readonly (string Operation, string Parameters) HeavyWork = ("remove-background", "{}");

    /// <summary>Runs it.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RunAsync(context).GetAwaiter().GetResult();
    }

    private static async Task<BenchmarkTable> RunAsync(BenchmarkContext context)
    {
        var images = context.Images ?? (context.Quick ? 1_000 : Images);
        BenchmarkTable table = new($"memory over {images} images");
        using var service = await ServiceProcess.StartAsync([], context.CancellationToken);
        table.Note("before the first", service.ResidentMebibytes, "MiB");
        var curve = await MeasureAsync(service, images, context.CancellationToken);
        for (var i = 9; i < curve.Count; i += 10) table.Note($"after {(i + 1) * images / curve.Count} images", curve[i], "MiB");

        var warm = Statistics.Median([.. curve.Skip(curve.Count / 10).Take(curve.Count / 5)]);
        var late = Statistics.Median([.. curve.TakeLast(curve.Count / 5)]);
        table.Note("median from 10 % to 30 %", warm, "MiB");
        table.Note("median of the last 20 %", late, "MiB");
        table.Note("peak", service.PeakMebibytes, "MiB");
        table.AtMost("growth after the warm-up", Bar, 100 * (late / warm - 1), "%");
        return table;
    }

    /// <summary>What the service holds, in mebibytes, at evenly spaced moments.</summary>
    private static async Task<IReadOnlyList<double>> MeasureAsync(ServiceProcess service, int images, CancellationToken cancellationToken)
    {
        var pictures = Pictures();
        List<double> curve = [];
        var points = Math.Min(Points, images);
        var done = 0;
        for (var point = 1; point <= points; point++)
        {
            var until = (int)((long)point * images / points);
            await Parallel.ForAsync(done, until, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellationToken }, async (i, token) =>
            {
                var (operation, parameters) = i % 50 == 49 ? HeavyWork : Work[i % Work.Length];
                var picture = pictures[i / Work.Length % pictures.Length];
                await service.Inference.RunAsync(new($"benchmark-{i}", operation, parameters, [new("image", picture)]), null, token);
            });
            done = until;
            curve.Add(service.ResidentMebibytes);
        }

        return curve;
    }

    private static byte[][] Pictures()
    {
        VipsPictureCodec codec = new();
        return
        [
            Encode(240, 180, PictureFormat.Jpeg), Encode(320, 200, PictureFormat.Png), Encode(160, 240, PictureFormat.Webp),
            Encode(400, 300, PictureFormat.Jpeg), Encode(500, 160, PictureFormat.Jpeg), Encode(256, 256, PictureFormat.Png),
            Encode(640, 480, PictureFormat.Jpeg),
        ];

        byte[] Encode(int width, int height, PictureFormat format) =>
            codec.Encode(SyntheticPhoto.Paint(width, height, seed: width), new EncodeOptions(format));
    }
}
