using System.Globalization;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Benchmarks.Service;

/// <summary>
/// Sixteen requests at once, each with a picture of 12 megapixels, on a service that has a slot for each and a memory budget for a
/// few: beyond what the process holds when idle and the files it was sent, it must stay within the budget.
/// </summary>
public static class MemoryUnderLoad
{
    private const int Requests = 16;
    private const int Width = 4_000;
    private const int Height = 3_000;
    private const int BudgetMebibytes = 1_024;

    private static readonly (string Operation, string Parameters)[] Work =
    [
        ("adjust", """{"exposure":0.5,"contrast":20,"sharpness":20}"""),
        ("rotate", """{"angle":30}"""),
        ("resize", """{"width":1024}"""),
        ("remove-background", "{}"),
        ("convert", """{"output_format":"avif"}"""),
    ];

    /// <summary>Runs it, each operation on a service of its own.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BenchmarkTable table = new($"memory of {Requests} requests at once, 12 MP each");
        var photo = new VipsPictureCodec().Encode(SyntheticPhoto.Paint(Width, Height, seed: 12), new EncodeOptions(PictureFormat.Jpeg, 90));
        table.Note("budget", BudgetMebibytes, "MiB");
        table.Note("file", photo.Length / 1e6, "MB");
        foreach (var (operation, parameters) in context.Quick ? Work[..1] : Work)
            MeasureAsync(table, operation, parameters, photo, context.CancellationToken).GetAwaiter().GetResult();
        return table;
    }

    private static async Task MeasureAsync(
        BenchmarkTable table, string operation, string parameters, byte[] photo, CancellationToken cancellationToken)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Slots"] = Requests.ToString(CultureInfo.InvariantCulture),
            ["MemoryBytes"] = ((long)BudgetMebibytes << 20).ToString(CultureInfo.InvariantCulture),
        };
        using var service = await ServiceProcess.StartAsync(settings, cancellationToken);
        var small = new VipsPictureCodec().Encode(SyntheticPhoto.Paint(320, 240, seed: 1), new EncodeOptions(PictureFormat.Jpeg, 90), cancellationToken);
        await service.Inference.RunAsync(Request(0, small), null, cancellationToken);
        var idle = service.ResidentMebibytes;

        var results = await Task.WhenAll(Enumerable.Range(1, Requests)
            .Select(i => service.Inference.RunAsync(Request(i, photo), null, cancellationToken)));

        var peak = service.PeakMebibytes;
        var files = Requests * (photo.LongLength + results.Max(result => result.Outputs.Sum(output => (long)output.File.Length))) / (double)(1 << 20);
        table.Note($"{operation}: idle", idle, "MiB");
        table.Note($"{operation}: files sent and delivered", files, "MiB");
        table.Note($"{operation}: peak", peak, "MiB");
        table.AtMost($"{operation}: peak beyond idle and files", BudgetMebibytes, peak - idle - files, "MiB");

        InferenceRequest Request(int number, byte[] file) => new($"benchmark-{number}", operation, parameters, [new("image", file)]);
    }
}
