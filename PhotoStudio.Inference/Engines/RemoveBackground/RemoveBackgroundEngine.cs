using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using RemoveBackgroundOperation = PhotoStudio.Core.Operations.RemoveBackground;

namespace PhotoStudio.Inference.Engines.RemoveBackground;

/// <summary>Cuts the subject out without a model, by <see cref="SubjectCutout"/>.</summary>
public sealed class RemoveBackgroundEngine : IEngine
{
    // The decoded picture, the decoder's buffers, and the result once more for writing it.
    private const int DecodedBytesPerPixel = 4 + 6, WritingBytesPerPixel = 4;

    /// <inheritdoc/>
    public string Operation => "remove-background";

    /// <inheritdoc/>
    public string Name => "graph-cut-matting";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) =>
        SubjectCutout.FixedBytes
        + (run.Input().Header.Pixels * (DecodedBytesPerPixel + SubjectCutout.BytesPerPixel + WritingBytesPerPixel));

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var result = SubjectCutout.Make(picture, new Stage(run.Progress), cancellationToken);
        var wanted = run.Parameters.Get(RemoveBackgroundOperation.Result);
        return Task.FromResult(new EngineOutput
        {
            Pictures = [wanted == CutoutResult.Matte ? result.Matte : result.Subject],
            Confidence = result.Confidence,
        });
    }

    // Decoding is counted as the first tenth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.1 + (0.9 * value), "matting"));
    }
}
