using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using FaceEnhanceOperation = PhotoStudio.Core.Operations.FaceEnhance;

namespace PhotoStudio.Inference.Engines.FaceEnhance;

/// <summary>Retouches the faces of a picture without a model, see <see cref="FaceRetouch"/>.</summary>
public sealed class FaceEnhanceEngine(FaceFinders finders) : IEngine
{
    // The decoder's buffers, the decoded picture and the result, the result once more for writing it, and planes of a face that fills it.
    private const int BytesPerPixel = 6 + (3 * 4) + (18 * 4);

    /// <inheritdoc/>
    public string Operation => "face-enhance";

    /// <inheritdoc/>
    public string Name => "face-retouch";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => finders.Best.MemoryBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.1, "looking for faces"));
        var faces = finders.Required(picture, "picture", cancellationToken);
        run.Progress.Report(new(0.5, "retouching"));
        var strength = (float)run.Parameters.Get(FaceEnhanceOperation.Strength);
        var result = FaceRetouch.Run(picture, faces, strength, new Stage(run.Progress), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [result], Confidence = faces.Max(face => face.Score) });
    }

    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.5 + (0.5 * value), "retouching"));
    }
}
