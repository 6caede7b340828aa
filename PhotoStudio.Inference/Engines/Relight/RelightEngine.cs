using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Relight;

/// <summary>Lights a picture anew by surfaces guessed from its shading, see <see cref="Relighting"/>.</summary>
public sealed class RelightEngine : IEngine
{
    // The decoder's buffers, the decoded picture, the same in colour, the relit one, and the last once more for writing it.
    private const int BytesPerPixel = 6 + (4 * 4);

    /// <inheritdoc/>
    public string Operation => "relight";

    /// <inheritdoc/>
    public string Name => "shading-guess";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => Relighting.FixedBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        picture = Relighting.Run(picture, LightSource.From(run.Parameters), new Stage(run.Progress), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [picture] });
    }

    // Decoding is counted as the first fifth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.2 + (0.8 * value), "relighting"));
    }
}
