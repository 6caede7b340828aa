using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
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
    public bool Handles(OperationParameters parameters) => !parameters.Get(EnhanceOperation.Deblur);

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => RequiredMemory(run);

    /// <summary>Memory for a run, in bytes.</summary>
    internal static long RequiredMemory(EngineRun run) => FixedBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.3, "enhancing"));
        picture = Correct(picture, run, cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [picture] });
    }

    /// <summary>Corrects a picture as a run's parameters ask for.</summary>
    internal static Picture Correct(Picture picture, EngineRun run, CancellationToken cancellationToken)
    {
        var switches = new EnhanceSwitches(
            run.Parameters.Get(EnhanceOperation.WhiteBalance),
            run.Parameters.Get(EnhanceOperation.Exposure),
            run.Parameters.Get(EnhanceOperation.LocalContrast),
            run.Parameters.Get(EnhanceOperation.Color));
        return Enhancement.Apply(picture, switches, (float)run.Parameters.Get(EnhanceOperation.Strength), cancellationToken);
    }
}
