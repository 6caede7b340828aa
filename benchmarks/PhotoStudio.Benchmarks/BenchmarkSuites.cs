using System.Globalization;
using PhotoStudio.Benchmarks.Events;
using PhotoStudio.Benchmarks.Gallery;
using PhotoStudio.Benchmarks.Http;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Benchmarks.Quotas;
using PhotoStudio.Benchmarks.Service;
using PhotoStudio.Benchmarks.Speed;

namespace PhotoStudio.Benchmarks;

/// <summary>The benchmarks by suite (the first argument) and name (the optional second).</summary>
public static class BenchmarkSuites
{
    private static readonly Dictionary<string, Dictionary<string, Func<BenchmarkContext, BenchmarkTable>>> Suites =
        new(StringComparer.Ordinal)
        {
            ["quality"] = new(StringComparer.Ordinal)
            {
                ["denoise"] = DenoiseQuality.Run,
                ["detectors"] = DetectorQuality.Run,
                ["edit"] = InstructionQuality.Run,
                ["enhance"] = EnhanceQuality.Run,
                ["faces"] = FaceQuality.Run,
                ["illustrate"] = IllustrateQuality.Run,
                ["relight"] = RelightQuality.Run,
                ["moderate"] = ModerationQuality.Run,
                ["generate"] = GenerateQuality.Run,
                ["reimagine"] = ReimagineQuality.Run,
                ["remove-background"] = RemoveBackgroundQuality.Run,
                ["upscale"] = UpscaleQuality.Run,
                ["object-removal"] = CompletionQuality.Run,
                ["expand"] = ExpandQuality.Run,
                ["style-transfer"] = StyleTransferQuality.Run,
            },
            ["assistant"] = new(StringComparer.Ordinal)
            {
                ["held-out"] = AssistantQuality.RunHeldOut,
                ["odd"] = AssistantQuality.RunOdd,
                ["last"] = AssistantQuality.RunLast,
                ["unseen"] = AssistantQuality.RunUnseen,
            },
            ["speed"] = new(StringComparer.Ordinal)
            {
                ["resize"] = ResizeBesideSharp.Run,
                ["operations"] = OperationTimes.Run,
            },
            ["cancel"] = new(StringComparer.Ordinal)
            {
                ["1mp"] = CancelTimes.OnOneMegapixel,
                ["12mp"] = CancelTimes.OnTwelveMegapixels,
            },
            ["gallery"] = new(StringComparer.Ordinal)
            {
                ["sqlite"] = GalleryTimes.Sqlite,
                ["postgres"] = GalleryTimes.Postgres,
            },
            ["http"] = new(StringComparer.Ordinal)
            {
                ["refine"] = RefineBesideDjango.Run,
                ["sign-in"] = SignInTimes.Run,
            },
            ["quota"] = new(StringComparer.Ordinal)
            {
                ["postgres"] = QuotaChecks.Run,
            },
            ["events"] = new(StringComparer.Ordinal)
            {
                ["listeners"] = EventListeners.Run,
            },
            ["service"] = new(StringComparer.Ordinal)
            {
                ["onnx"] = OnnxThroughService.Run,
                ["memory"] = MemoryOverTime.Run,
                ["concurrency"] = MemoryUnderLoad.Run,
            },
        };

    /// <summary>
    /// Runs <c>suite [name] [--photos folder] [--models folder] [--images N] [--only operation,…]
    /// [--out folder] [--json file] [--quick]</c>, prints a table a benchmark, and returns the process's exit code: 0 when every bar is reached, 1 when one is not, 2 when the arguments make no sense.
    /// </summary>
    public static int Run(string[] arguments, TextWriter writer, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick") options["--quick"] = "";
            else if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length) options[arguments[i]] = arguments[++i];
            else words.Add(arguments[i]);
        }

        if (words.Count is 0 or > 2 || !Suites.TryGetValue(words[0], out var suite)
            || (words.Count == 2 && !suite.ContainsKey(words[1]))
            || options.Keys.Except(["--photos", "--models", "--images", "--only", "--out", "--json", "--quick"]).Any()
            || !TryCount(options.GetValueOrDefault("--images"), out var images))
        {
            writer.WriteLine("usage: suite [name] [--photos folder] [--models folder] [--images N] [--only operation,…] [--out folder] [--json file] [--quick]");
            foreach (var (name, benchmarks) in Suites) writer.WriteLine($"  {name}: {string.Join(", ", benchmarks.Keys)}");
            return 2;
        }

        var context = new BenchmarkContext(
            options.GetValueOrDefault("--photos"),
            options.GetValueOrDefault("--out"),
            options.GetValueOrDefault("--models"),
            images,
            options.GetValueOrDefault("--only")?.Split(',').ToHashSet(StringComparer.Ordinal),
            options.ContainsKey("--quick"),
            cancellationToken);
        var tables = new List<BenchmarkTable>();
        foreach (var (name, benchmark) in suite)
        {
            if (words.Count == 2 && name != words[1]) continue;
            var table = benchmark(context);
            table.Print(writer);
            tables.Add(table);
        }

        if (options.TryGetValue("--json", out var path)) BenchmarkTable.WriteJson(path, tables);
        return tables.SelectMany(table => table.Rows).Any(row => row.Passed == false) ? 1 : 0;
    }

    private static bool TryCount(string? text, out int? count)
    {
        var isCount = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        count = isCount ? number : null;
        return isCount || text is null;
    }
}
