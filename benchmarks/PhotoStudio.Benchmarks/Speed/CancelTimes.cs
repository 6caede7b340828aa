using System.Diagnostics;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>
/// How long an operation goes on after it was cancelled at a random moment, decoding and writing included: until its caller is answered,
/// and until its slot and its memory are free. On a machine with other work to do the processor time in between says more than the clock.
/// </summary>
public static class CancelTimes
{
    private const double Bar = 200;

    /// <summary>Every operation with a ready engine on one megapixel.</summary>
    public static BenchmarkTable OnOneMegapixel(BenchmarkContext context) => Run(1_024, 1_024, "1 MP", context);

    /// <summary>Every operation with a ready engine on twelve megapixels.</summary>
    public static BenchmarkTable OnTwelveMegapixels(BenchmarkContext context) => Run(4_000, 3_000, "12 MP", context);

    private static BenchmarkTable Run(int width, int height, string size, BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        BenchmarkTable table = new($"how long operations on {size} go on after they were cancelled");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var ready = studio.Inference.EnginesAsync(context.CancellationToken).GetAwaiter().GetResult()
            .Where(status => status.Ready).Select(status => status.Operation).ToHashSet(StringComparer.Ordinal);
        Random random = new(4);
        var jpeg = new EncodeOptions(PictureFormat.Jpeg, 92);
        var photo = studio.Codec.Encode(SyntheticPhoto.Paint(width, height, seed: 1), jpeg);
        var portrait = studio.Codec.Encode(
            new DrawnPortrait { EyeDistance = height / 5.4f, EyesMiddle = new(width / 2f, height * 0.41f), Noise = 6 }.Paint(width, height), jpeg);
        foreach (var operation in OperationCatalog.All.Where(operation => ready.Contains(operation.Name) && context.Only?.Contains(operation.Name) != false))
        {
            InferenceRequest request = new(
                "cancel", operation.Name, OperationTimes.ParametersOf(operation),
                OperationTimes.Inputs(operation, OperationTimes.NeedsFace(operation) ? portrait : photo));
            MeasureAsync(table, operation.Name, studio, request, random, context).GetAwaiter().GetResult();
        }

        return table;
    }

    private static async Task MeasureAsync(
        BenchmarkTable table, string name, StudioInProcess studio, InferenceRequest request, Random random, BenchmarkContext context)
    {
        var inference = studio.Inference;

        // Whole runs tell from when to when it can be cancelled; of those that take long one is enough.
        var length = await TimeAsync(inference, request, context.CancellationToken);
        if (length < TimeSpan.FromSeconds(2)) length = await TimeAsync(inference, request, context.CancellationToken);

        List<double> clock = [], processor = [], free = [];
        for (var (round, rounds) = (0, context.Quick ? 5 : 20); round < rounds; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            var run = Task.Run(() => inference.RunAsync(request, null, stop.Token), CancellationToken.None);
            await Task.WhenAny(run, Task.Delay(length * random.NextDouble(), context.CancellationToken));
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await stop.CancelAsync();
            try
            {
                // A run that was done already says nothing.
                await run;
            }
            catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
            {
                clock.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                while (studio.IsBusy) await Task.Delay(1, context.CancellationToken);
                free.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                processor.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            }
        }

        if (clock.Count == 0) return;
        table.Note($"{name}: median", Statistics.Median(clock), "ms");
        table.Note($"{name}: longest until all is free", free.Max(), "ms");
        table.Note($"{name}: most processor time", processor.Max(), "ms");
        table.AtMost($"{name}: longest", Bar, clock.Max(), "ms");
    }

    private static async Task<TimeSpan> TimeAsync(IInference inference, InferenceRequest request, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await inference.RunAsync(request, null, cancellationToken);
        return Stopwatch.GetElapsedTime(began);
    }
}
