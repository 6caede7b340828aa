using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using EnhanceOperation = PhotoStudio.Core.Operations.Enhance;

namespace PhotoStudio.Inference.Engines.Enhance;

/// <summary>Corrects a photograph by what <see cref="Diagnosis"/> finds on a small copy of it.</summary>
public sealed class EnhanceEngine : IEngine
{
    // The decoder's buffers, the decoded picture, the corrected one, and the last once more for writing it.
    private const int BytesPerPixel = 6 + (3 * 4);

    // The small copies' planes.
    private const long FixedBytes = 24L << 20;

    /// <inheritdoc/>
    public string Operation => "enhance";

    /// <inheritdoc/>
    public string Name => "tone-diagnosis";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => FixedBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.3, "enhancing"));
        var switches = new EnhanceSwitches(
            run.Parameters.Get(EnhanceOperation.WhiteBalance),
            run.Parameters.Get(EnhanceOperation.Exposure),
            run.Parameters.Get(EnhanceOperation.LocalContrast),
            run.Parameters.Get(EnhanceOperation.Color));
        picture = Enhancement.Apply(picture, switches, (float)run.Parameters.Get(EnhanceOperation.Strength), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [picture] });
    }
}
