using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using CropOperation = PhotoStudio.Core.Operations.Crop;

namespace PhotoStudio.Inference.Engines.Crop;

/// <summary>Cuts a box out of a picture; with gravity smart, over faces and over what <see cref="SalientWindow"/> finds.</summary>
public sealed class CropEngine(FaceFinders faces) : IEngine
{
    // The decoder's buffers and the decoded picture; the result, and once more for writing it.
    private const int BytesPerPixel = 6 + 4 + 8;

    // The reduced picture, its superpixels and the distances between them.
    private const long SmartBytes = 32_000_000;

    /// <inheritdoc/>
    public string Operation => "crop";

    /// <inheritdoc/>
    public string Name => "exact";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var header = run.Input().Header;
        Size(run.Parameters, header.Width, header.Height);
        return (header.Pixels * BytesPerPixel) + (run.Parameters.Get(CropOperation.Gravity) == Gravity.Smart ? Math.Max(SmartBytes, faces.Best.MemoryBytes) : 0);
    }

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run)
    {
        var (width, height) = Size(run.Parameters, run.Input().Header.Width, run.Input().Header.Height);
        return (long)width * height;
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "cropping"));
        var frames = run.Input().DecodeFrames(size: null, cancellationToken);

        // The box of the first frame serves all, or the picture would jump about.
        var first = frames.Frames[0];
        var (width, height) = Size(run.Parameters, first.Width, first.Height);
        var (x, y) = Place(run.Parameters, first, width, height, cancellationToken);
        return Task.FromResult(EngineOutput.Of(frames.Select(frame => PixelMoves.Box(frame, x, y, width, height))));
    }

    /// <summary>The box's size in pixels.</summary>
    /// <exception cref="InferenceException">The box reaches beyond the picture.</exception>
    private static (int Width, int Height) Size(OperationParameters parameters, int pictureWidth, int pictureHeight)
    {
        if (parameters.Find(CropOperation.Ratio) is { } ratio) return ratio.LargestWithin(pictureWidth, pictureHeight);

        int width = parameters.Get(CropOperation.Width), height = parameters.Get(CropOperation.Height);
        int x = parameters.Find(CropOperation.X) ?? 0, y = parameters.Find(CropOperation.Y) ?? 0;
        if (x + width <= pictureWidth && y + height <= pictureHeight) return (width, height);

        throw new InferenceException(
            InferenceFault.InvalidInput,
            "box_outside_picture",
            $"The box of {width}×{height} pixels at ({x}, {y}) reaches beyond the picture, which has {pictureWidth}×{pictureHeight}.");
    }

    private (int X, int Y) Place(
        OperationParameters parameters, Picture picture, int width, int height, CancellationToken cancellationToken)
    {
        if (parameters.Find(CropOperation.X) is { } x && parameters.Find(CropOperation.Y) is { } y) return (x, y);

        int right = picture.Width - width, bottom = picture.Height - height;
        return parameters.Get(CropOperation.Gravity) switch
        {
            _ when right == 0 && bottom == 0 => (0, 0),
            Gravity.Center => (right / 2, bottom / 2),
            Gravity.North => (right / 2, 0),
            Gravity.NorthEast => (right, 0),
            Gravity.East => (right, bottom / 2),
            Gravity.SouthEast => (right, bottom),
            Gravity.South => (right / 2, bottom),
            Gravity.SouthWest => (0, bottom),
            Gravity.West => (0, bottom / 2),
            Gravity.NorthWest => (0, 0),
            Gravity.Smart => SalientWindow.Place(picture, faces.Best.Find(picture, cancellationToken), width, height, cancellationToken),
            var other => throw new ArgumentOutOfRangeException(nameof(parameters), other, "No such gravity."),
        };
    }
}
