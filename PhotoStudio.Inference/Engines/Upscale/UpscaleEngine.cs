using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using UpscaleOperation = PhotoStudio.Core.Operations.Upscale;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>Enlarges by iterated back-projection, see <see cref="Upscaling"/>.</summary>
public sealed class UpscaleEngine : IEngine
{
    // The decoder's buffers and the decoded picture; the result, and as much again for writing it.
    private const int SourceBytesPerPixel = 6 + 4, ResultBytesPerPixel = 4 + 4;

    /// <inheritdoc/>
    public string Operation => "upscale";

    /// <inheritdoc/>
    public string Name => "back-projection";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var input = run.Input();
        var (width, height) = Upscaling.Size(input.Header.Width, input.Header.Height, run.Parameters.Get(UpscaleOperation.Scale));
        ResultLimits.Check(width, height, input.Limits);
        return Upscaling.TileBytes + (input.Header.Pixels * SourceBytesPerPixel) + ((long)width * height * ResultBytesPerPixel);
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var (width, height) = Upscaling.Size(picture.Width, picture.Height, run.Parameters.Get(UpscaleOperation.Scale));
        picture = Upscaling.Run(picture, width, height, new Stage(run.Progress), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [picture] });
    }

    // Decoding is counted as the first twentieth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.05 + (0.95 * value), "upscaling"));
    }
}
