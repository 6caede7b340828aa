using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Adjust;

/// <summary>
/// Changes light, tones and colours by <see cref="ToneAndColor"/> and then sharpens; a step with nothing to do is left out.
/// </summary>
public sealed class AdjustEngine : IEngine
{
    // The decoder's buffers and the decoded picture, which is adjusted where it lies.
    private const int BytesPerPixel = 6 + 4;

    // The sharpened picture.
    private const int SharpeningBytesPerPixel = 4;

    /// <inheritdoc/>
    public string Operation => "adjust";

    /// <inheritdoc/>
    public string Name => "oklab";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) =>
        run.Input().Header.Pixels
        * (BytesPerPixel + (AdjustSettings.From(run.Parameters, gray: false).Sharpness > 0 ? SharpeningBytesPerPixel : 0));

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "adjusting"));
        var frames = run.Input().DecodeFrames(size: null, cancellationToken);
        var settings = AdjustSettings.From(run.Parameters, gray: frames.Frames[0].Channels <= 2);
        return Task.FromResult(EngineOutput.Of(frames.Select(picture =>
        {
            if (settings.ChangesLight || settings.ChangesTones) ToneAndColor.Apply(picture, settings, cancellationToken);
            return settings.Sharpness > 0 ? Sharpening.Apply(picture, settings.Sharpness, cancellationToken) : picture;
        })));
    }
}
