using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;

namespace PhotoStudio.Inference.Engines.FaceSwap;

/// <summary>Puts one picture's face in the place of another's without a model, see <see cref="FaceExchange"/>.</summary>
public sealed class FaceSwapEngine(FaceFinders finders) : IEngine
{
    // The decoder's buffers, the decoded picture, and planes of a face that fills it; of the target also the result, twice.
    private const int SourceBytesPerPixel = 6 + (3 * 4);
    private const int TargetBytesPerPixel = 6 + (2 * 4) + (15 * 4);

    /// <inheritdoc/>
    public string Operation => "face-swap";

    /// <inheritdoc/>
    public string Name => "face-blend";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => finders.Best.MemoryBytes
        + (run.Input("source").Header.Pixels * SourceBytesPerPixel) + (run.Input("target").Header.Pixels * TargetBytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        Picture source = run.Input("source").Decode(cancellationToken), target = run.Input("target").Decode(cancellationToken);
        run.Progress.Report(new(0.1, "looking for faces"));
        var from = finders.Main(source, "source picture", cancellationToken);
        run.Progress.Report(new(0.3, "looking for faces"));
        var to = finders.Main(target, "target picture", cancellationToken);
        run.Progress.Report(new(0.5, "blending"));
        var result = FaceExchange.Run(source, from, target, to, new Stage(run.Progress), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [result], Confidence = Math.Min(from.Score, to.Score) });
    }

    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.5 + (0.5 * value), "blending"));
    }
}
