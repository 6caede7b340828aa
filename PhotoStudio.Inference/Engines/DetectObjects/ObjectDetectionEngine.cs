using System.Text.Json;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Inference.Onnx;
using DetectObjectsOperation = PhotoStudio.Core.Operations.DetectObjects;

namespace PhotoStudio.Inference.Engines.DetectObjects;

/// <summary>What the engines with a trained detector have in common: they run it and list what it found, by its name.</summary>
public abstract class ObjectDetectionEngine(IObjectNetwork network, IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("detect-objects", network.Family, models, sessions, device)
{
    // The decoder's buffers, the decoded picture, and the tensors and features of the largest of these networks.
    private const int BytesPerPixel = 6 + 4;
    private const long FixedBytes = 128L << 20;

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return FixedBytes + (run.Input().Header.Pixels * BytesPerPixel);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.2, "looking for objects"));
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var minScore = (float)run.Parameters.Get(DetectObjectsOperation.MinScore);
            var objects = network.Find(session, model.Entry.Processing, picture, minScore, cancellationToken)
                .Select(found => found.Within(picture.Width, picture.Height))
                .Where(found => found is { Width: > 0, Height: > 0 })
                .Take(run.Parameters.Get(DetectObjectsOperation.MaxObjects))
                .Select(Describe);
            var data = new DetectedObjects([.. objects], picture.Width, picture.Height);
            return new() { Data = JsonSerializer.Serialize(data, DetectedObjectsJson.Default.DetectedObjects), Model = model.Entry.Id };
        }
    }

    private static DetectedObject Describe(ScoredBox found) => new(
        CocoLabels.All[found.Class],
        Math.Round(found.Score, 4),
        new(Rounded(found.X), Rounded(found.Y), Rounded(found.Width), Rounded(found.Height)));

    private static double Rounded(float pixels) => Math.Round(pixels, 1);
}
