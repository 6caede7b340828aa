using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Engines.Convert;

/// <summary>Hands the decoded frames on; the runner writes it in the format asked for.</summary>
public sealed class ConvertEngine : IEngine
{
    // The decoder's buffers, the decoded picture, and once more for writing it.
    private const int BytesPerPixel = 6 + 4 + 4;

    /// <inheritdoc/>
    public string Operation => "convert";

    /// <inheritdoc/>
    public string Name => "exact";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => run.Input().Header.Pixels * BytesPerPixel;

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        run.Progress.Report(new(0, "decoding"));
        return Task.FromResult(EngineOutput.Of(run.Input().DecodeFrames(size: null, cancellationToken)));
    }
}
