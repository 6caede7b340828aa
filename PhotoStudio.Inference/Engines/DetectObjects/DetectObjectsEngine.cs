using System.Text.Json;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using DetectObjectsOperation = PhotoStudio.Core.Operations.DetectObjects;

namespace PhotoStudio.Inference.Engines.DetectObjects;

/// <summary>Finds what stands out, without saying what it is, by <see cref="SalientRegions"/>.</summary>
public sealed class DetectObjectsEngine : IEngine
{
    /// <summary>The label of what stands out.</summary>
    internal const string Label = "region";

    // The longest side of the copy it works on; more detail than it uses.
    private const int LongestSide = 1024;

    // The decoder's buffers.
    private const int BytesPerPixel = 6;

    /// <inheritdoc/>
    public string Operation => "detect-objects";

    /// <inheritdoc/>
    public string Name => "salient-regions";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => SalientRegions.FixedBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var input = run.Input();
        var picture = input.DecodeScaled(new(LongestSide, LongestSide, FitMode.Fit, AllowEnlarge: false), cancellationToken);
        var regions = SalientRegions.Find(picture, new Stage(run.Progress), cancellationToken);
        int width = input.Header.Width, height = input.Header.Height;
        var objects = regions
            .Where(region => region.Score >= run.Parameters.Get(DetectObjectsOperation.MinScore))
            .Take(run.Parameters.Get(DetectObjectsOperation.MaxObjects))
            .Select(region => new DetectedObject(Label, region.Score, Box(region, width, height)))
            .ToList();
        return Task.FromResult(new EngineOutput
        {
            Data = JsonSerializer.Serialize(new DetectedObjects(objects, width, height), DetectedObjectsJson.Default.DetectedObjects),
            Notes = ["Found by what stands out; labels need a trained model."],
        });
    }

    private static DetectedBox Box(SalientRegion region, int width, int height)
    {
        int left = (int)Math.Floor(region.X * width), top = (int)Math.Floor(region.Y * height);
        int right = (int)Math.Ceiling((region.X + region.Width) * width), bottom = (int)Math.Ceiling((region.Y + region.Height) * height);
        return new(left, top, Math.Min(right, width) - left, Math.Min(bottom, height) - top);
    }

    // Decoding is counted as the first tenth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.1 + (0.9 * value), "looking for what stands out"));
    }
}
