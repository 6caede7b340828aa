using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using FlipOperation = PhotoStudio.Core.Operations.Flip;

namespace PhotoStudio.Inference.Engines.Flip;

/// <summary>Mirrors a picture by moving its pixels.</summary>
public sealed class FlipEngine : IEngine
{
    // The decoder's buffers and the decoded picture; the result, and once more for writing it.
    private const int BytesPerPixel = 6 + 4 + 8;

    /// <inheritdoc/>
    public string Operation => "flip";

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
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "flipping"));
        var frames = run.Input().DecodeFrames(size: null, cancellationToken);
        var result = frames.Select(frame => run.Parameters.Get(FlipOperation.Direction) switch
        {
            FlipDirection.Horizontal => PixelMoves.FlipHorizontally(frame, cancellationToken),
            FlipDirection.Vertical => PixelMoves.FlipVertically(frame, cancellationToken),
            FlipDirection.Both => PixelMoves.Turn(frame, 2, cancellationToken),
            var other => throw new ArgumentOutOfRangeException(nameof(run), other, "No such direction."),
        });
        return Task.FromResult(EngineOutput.Of(result));
    }
}
