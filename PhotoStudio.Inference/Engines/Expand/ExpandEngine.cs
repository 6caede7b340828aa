using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Completion;
using PhotoStudio.Inference.Engines.Inpaint;
using ExpandOperation = PhotoStudio.Core.Operations.Expand;

namespace PhotoStudio.Inference.Engines.Expand;

/// <summary>Continues a picture beyond its edges without a model: the new border is a hole that <see cref="PatchCompletion"/> fills.</summary>
public sealed class ExpandEngine : IEngine
{
    // The decoder's buffers; the picture on its larger canvas, the hole, the result and once more for writing it.
    private const int DecodedBytesPerPixel = 6 + 4, CanvasBytesPerPixel = 4 + 1 + 8 + PatchCompletion.BytesPerPixel;

    // What is copied lies near the edge, so that the picture's middle does not turn up a second time.
    private const float LeastReach = 64, ReachOfBorder = 0.5f;

    // Nothing holds the outer edge, so gradients may run on for longer than inside a picture.
    private const float Screening = 2e-5f;

    /// <inheritdoc/>
    public string Operation => "expand";

    /// <inheritdoc/>
    public string Name => RegionFilling.Name;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => RegionFilling.Version;

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var (header, limits) = (run.Input().Header, run.Input().Limits);
        var (left, top, right, bottom) = ExpandOperation.Borders(run.Parameters, header.Width, header.Height);
        int width = header.Width + left + right, height = header.Height + top + bottom;
        ResultLimits.Check(width, height, limits);
        return (header.Pixels * DecodedBytesPerPixel) + ((long)width * height * CanvasBytesPerPixel);
    }

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run)
    {
        var header = run.Input().Header;
        var (left, top, right, bottom) = ExpandOperation.Borders(run.Parameters, header.Width, header.Height);
        return (long)(header.Width + left + right) * (header.Height + top + bottom);
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var seed = run.Parameters.Get(Core.Operations.ObjectRemoval.Seed);
        var borders = ExpandOperation.Borders(run.Parameters, picture.Width, picture.Height);
        var (canvas, border) = Place(picture, borders);
        var widest = Math.Max(Math.Max(borders.Left, borders.Right), Math.Max(borders.Top, borders.Bottom));
        var options = new CompletionOptions { Seed = seed, Screening = Screening, Reach = Math.Max(LeastReach, ReachOfBorder * widest) };
        var result = PatchCompletion.Fill(canvas, border, options, new FillingProgress(run.Progress, "continuing"), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [result], Seed = seed });
    }

    // The border repeats the nearest pixel of the edge, which gives it its alpha; its colours are filled in later.
    private static (Picture Canvas, PixelMask Border) Place(Picture picture, (int Left, int Top, int Right, int Bottom) borders)
    {
        var canvas = new Picture(
            picture.Width + borders.Left + borders.Right, picture.Height + borders.Top + borders.Bottom, picture.Format);
        var border = new PixelMask(canvas.Width, canvas.Height);
        var channels = picture.Channels;
        for (var y = 0; y < canvas.Height; y++)
        {
            var source = picture.Row(Math.Clamp(y - borders.Top, 0, picture.Height - 1));
            var target = canvas.Row(y);
            source.CopyTo(target[(borders.Left * channels)..]);
            for (var x = 0; x < borders.Left; x++) source[..channels].CopyTo(target[(x * channels)..]);
            for (var x = borders.Left + picture.Width; x < canvas.Width; x++) source[^channels..].CopyTo(target[(x * channels)..]);
            var inside = y >= borders.Top && y < borders.Top + picture.Height;
            var row = border.Data.AsSpan(y * border.Width, border.Width);
            row.Fill(true);
            if (inside) row.Slice(borders.Left, picture.Width).Clear();
        }

        return (canvas, border);
    }
}
