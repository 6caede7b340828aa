using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using DenoiseOperation = PhotoStudio.Core.Operations.Denoise;

namespace PhotoStudio.Inference.Engines.Denoise;

/// <summary>Removes noise by block matching and collaborative filtering, see <see cref="Bm3d"/>.</summary>
public sealed class DenoiseEngine : IEngine
{
    // The decoder's buffers, the decoded picture, the denoised one, and the last once more for writing it.
    private const int BytesPerPixel = 6 + (3 * 4);

    /// <inheritdoc/>
    public string Operation => "denoise";

    /// <inheritdoc/>
    public string Name => "bm3d";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => Denoising.TileBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var level = run.Parameters.Find(DenoiseOperation.NoiseLevel);
        var strength = (float)run.Parameters.Get(DenoiseOperation.Strength);
        picture = Denoising.Run(picture, (float?)level, strength, new Stage(run.Progress), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [picture] });
    }

    // Decoding is counted as the first twentieth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.05 + (0.95 * value), "denoising"));
    }
}
