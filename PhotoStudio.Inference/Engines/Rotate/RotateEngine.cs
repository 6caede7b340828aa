using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using RotateOperation = PhotoStudio.Core.Operations.Rotate;

namespace PhotoStudio.Inference.Engines.Rotate;

/// <summary>
/// Turns a picture: by multiples of 90 degrees by moving its pixels, otherwise by <see cref="BicubicRotation"/>. The result has alpha
/// when the picture has it or free corners are not opaque, and stays gray when picture and background are.
/// </summary>
public sealed class RotateEngine : IEngine
{
    // The decoder's buffers and the decoded picture, upright and turned.
    private const int SourceBytesPerPixel = 6 + 4 + 4;

    // The result, and once more for writing it.
    private const int ResultBytesPerPixel = 8;

    /// <inheritdoc/>
    public string Operation => "rotate";

    /// <inheritdoc/>
    public string Name => "bicubic";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var header = run.Input().Header;
        var (width, height) = Size(run, header.Width, header.Height);
        return (header.Pixels * SourceBytesPerPixel) + ((long)width * height * ResultBytesPerPixel);
    }

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run)
    {
        var (width, height) = Size(run, run.Input().Header.Width, run.Input().Header.Height);
        return (long)width * height;
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "rotating"));
        var frames = run.Input().DecodeFrames(size: null, cancellationToken);
        return Task.FromResult(EngineOutput.Of(frames.Select(frame => Turn(frame, run, cancellationToken))));
    }

    private static Picture Turn(Picture picture, EngineRun run, CancellationToken cancellationToken)
    {
        var degrees = run.Parameters.Get(RotateOperation.Angle) % 360;
        var (width, height) = Size(run, picture.Width, picture.Height);
        var background = run.Parameters.Get(RotateOperation.Background);
        if (degrees % 90 != 0) return BicubicRotation.Onto(picture, degrees, Canvas(picture, width, height, background), cancellationToken);

        var turned = PixelMoves.Turn(picture, (int)(degrees / 90), cancellationToken);
        return (turned.Width, turned.Height) == (width, height) ? turned : Centered(turned, Canvas(picture, width, height, background));
    }

    /// <summary>The result's size in pixels.</summary>
    /// <exception cref="InferenceException">It is too large.</exception>
    private static (int Width, int Height) Size(EngineRun run, int width, int height)
    {
        if (!run.Parameters.Get(RotateOperation.Expand)) return (width, height);

        var bounds = BicubicRotation.Bounds(width, height, run.Parameters.Get(RotateOperation.Angle));
        ResultLimits.Check(bounds.Width, bounds.Height, run.Input().Limits);
        return bounds;
    }

    /// <summary>A picture full of the background, with the samples that it and the picture need.</summary>
    private static Picture Canvas(Picture picture, int width, int height, RgbaColor background)
    {
        var hasAlpha = picture.HasAlpha || !background.IsOpaque;
        var isGray = picture.Channels <= 2 && (background.IsGray || background.Alpha == 0);
        var canvas = new Picture(width, height, (isGray, hasAlpha) switch
        {
            (true, false) => PixelFormat.Gray,
            (true, true) => PixelFormat.GrayAlpha,
            (false, false) => PixelFormat.Rgb,
            (false, true) => PixelFormat.Rgba,
        });
        if (background.Alpha == 0) return canvas;

        byte[] pixel = [background.Red, background.Green, background.Blue, background.Alpha];
        if (isGray) pixel = [background.Red, background.Alpha];
        var row = new byte[canvas.Stride];
        for (var at = 0; at < row.Length; at++) row[at] = pixel[at % canvas.Channels];
        for (var y = 0; y < canvas.Height; y++) row.CopyTo(canvas.Row(y));
        return canvas;
    }

    /// <summary>Puts a picture over the middle of a canvas; an odd remainder goes to the right and the bottom.</summary>
    private static Picture Centered(Picture picture, Picture canvas)
    {
        picture = picture.As(canvas.Format);
        int left = (int)Math.Floor((canvas.Width - picture.Width) / 2.0), top = (int)Math.Floor((canvas.Height - picture.Height) / 2.0);
        int from = Math.Max(0, left), to = Math.Min(canvas.Width, left + picture.Width);
        for (var y = Math.Max(0, top); y < Math.Min(canvas.Height, top + picture.Height); y++)
        {
            picture.Row(y - top)[((from - left) * canvas.Channels)..((to - left) * canvas.Channels)]
                .CopyTo(canvas.Row(y)[(from * canvas.Channels)..]);
        }

        return canvas;
    }
}
