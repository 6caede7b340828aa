using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using ResizeOperation = PhotoStudio.Core.Operations.Resize;

namespace PhotoStudio.Inference.Engines.Resize;

/// <summary>
/// Brings a picture to another size while it is decoded, so that a decoder that can deliver a smaller picture does.
/// The result's size is exactly <see cref="ScaledSize.For"/>.
/// </summary>
public sealed class ResizeEngine : IEngine
{
    // A progressive JPEG keeps up to three 16-bit coefficients a pixel until it is decoded.
    private const int SourceBytesPerPixel = 6;

    // Four samples, and as much again for libvips' copy of them and for the file.
    private const int ResultBytesPerPixel = 12;

    /// <inheritdoc/>
    public string Operation => "resize";

    /// <inheritdoc/>
    public string Name => "lanczos";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var (_, width, height) = Target(run);
        return (run.Input().Header.Pixels * SourceBytesPerPixel) + ((long)width * height * ResultBytesPerPixel);
    }

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run)
    {
        var (_, width, height) = Target(run);
        return (long)width * height;
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        var (size, _, _) = Target(run);
        run.Progress.Report(new(0, "resizing"));
        return Task.FromResult(EngineOutput.Of(run.Input().DecodeFrames(size, cancellationToken)));
    }

    private static (ScaledSize Size, int Width, int Height) Target(EngineRun run)
    {
        var input = run.Input();
        var size = TargetSize(run.Parameters, input.Header.Width, input.Header.Height);
        var (width, height) = size.For(input.Header.Width, input.Header.Height);
        ResultLimits.Check(width, height, input.Limits);
        return (size, width, height);
    }

    private static ScaledSize TargetSize(OperationParameters parameters, int pictureWidth, int pictureHeight)
    {
        var mode = parameters.Get(ResizeOperation.Mode) switch
        {
            ResizeMode.Fit => FitMode.Fit,
            ResizeMode.Fill => FitMode.Fill,
            ResizeMode.Exact => FitMode.Exact,
            var other => throw new ArgumentOutOfRangeException(nameof(parameters), other, "No such mode."),
        };
        var (width, height) = ResizeOperation.TargetOf(parameters, pictureWidth, pictureHeight);
        if (parameters.Find(ResizeOperation.Scale) is not null) return new(width, height, FitMode.Exact, true);
        return new(width, height, mode, parameters.Get(ResizeOperation.Enlarge));
    }
}
