using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.Inpaint;

/// <summary>
/// Fills a region by a network that is given the picture and where the hole is: LaMa (Suvorov et al., "Resolution-robust Large Mask Inpainting
/// with Fourier Convolutions", 2021), which takes one size, or MI-GAN (Sargsyan et al., 2023), which takes any. What is outside the region
/// stays as it is, sample by sample.
/// </summary>
internal static class NetworkFilling
{
    // The least window of a network that takes any size: it looks at squares of this side itself.
    private const int UsualSide = 512;

    // Features of the networks at their own size; the decoders' buffers, picture, mask, result, and once more for writing it.
    private const long FeatureBytes = 512L << 20;
    private const int BytesPerPixel = 6 + 4 + 5 + 4 + 8 + 12;

    /// <summary>Memory for a run, in bytes.</summary>
    public static long MemoryFor(EngineRun run) => FeatureBytes + (run.Input().Header.Pixels * BytesPerPixel);

    /// <summary>Fills the run's region.</summary>
    public static Picture Run(EngineRun run, OnnxSession session, ModelProcessing processing, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var region = RegionMask.Read(run, picture.Width, picture.Height, cancellationToken);
        var result = Fill(picture, region, session, processing, new FillingProgress(run.Progress, "filling"), cancellationToken);
        RegionMask.Feather(picture, result, region, run.Parameters.Get(RegionParameters.Feather), cancellationToken);
        return result;
    }

    /// <summary>Fills a region of a picture; alpha stays.</summary>
    public static Picture Fill(
        Picture picture, PixelMask region, OnnxSession session, ModelProcessing processing, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        var least = processing.Inputs[0].Shape is [_, _, { } side, _] ? side : UsualSide;
        var left = new PixelMask(region.Width, region.Height, [.. region.Data]);
        var holes = InpaintWindow.Around(region, least);
        for (var i = 0; i < holes.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // What of other holes lies in the window is hole too, unless it is filled already.
            var (hole, window) = holes[i];
            var mask = left.Box(window.Left, window.Top, window.Width, window.Height);
            var filled = Paint(window.Cut(result), mask, session, processing, cancellationToken);
            Paste(filled, result, left, hole, window);
            progress?.Report((i + 1.0) / holes.Count);
        }

        return result;
    }

    private static Picture Paint(Picture window, PixelMask hole, OnnxSession session, ModelProcessing processing, CancellationToken cancellationToken)
    {
        ModelInput image = processing.Inputs[0], mask = processing.Inputs[1];
        var (width, height) = image.Shape is [_, _, { } high, { } wide] ? (wide, high) : (window.Width, window.Height);
        var picture = PictureResampling.Resize(
            window, width, height, width < window.Width ? ResampleFilter.Area : ResampleFilter.Bilinear, cancellationToken);
        using var outputs = session.Run(
            [
                (processing.InputName(0), PictureTensors.FromPicture(picture, image.Form(), cancellationToken)),
                (processing.InputName(1), Mask(hole, width, height, mask)),
            ],
            [processing.OutputName(0)],
            cancellationToken);
        var values = outputs.Values(processing.OutputName(0));
        if (values.Length != 3 * width * height) throw session.Unexpected($"it fills {width}×{height} pixels with {values.Length} values");
        var painted = PictureTensors.ToPicture(values, width, height, processing.Outputs[0].Form(), cancellationToken);
        return PictureResampling.Resize(
            painted, window.Width, window.Height, width < window.Width ? ResampleFilter.Lanczos : ResampleFilter.Area, cancellationToken);
    }

    /// <summary>
    /// The mask as the network wants it: 1 where the hole is, or white where the picture is kept. A pixel of a shrunk mask is hole when any of
    /// what it stands for is, or else the old content would show through along its border.
    /// </summary>
    private static FloatTensor Mask(PixelMask hole, int width, int height, ModelInput input)
    {
        var keeps = input.Content == InputContent.Keep;
        var white = input.Element == InputElement.Byte ? 255f : (float)(255 / input.Divisor);
        var tensor = new FloatTensor(1, 1, height, width);
        tensor.Values.AsSpan().Fill(keeps ? white : 0);
        for (var y = 0; y < hole.Height; y++)
        {
            int first = y * height / hole.Height, last = Math.Max(first, (int)Math.Ceiling((y + 1.0) * height / hole.Height) - 1);
            for (var x = 0; x < hole.Width; x++)
            {
                if (!hole[x, y]) continue;
                int left = x * width / hole.Width, right = Math.Max(left, (int)Math.Ceiling((x + 1.0) * width / hole.Width) - 1);
                for (var row = first; row <= last; row++) tensor.Values.AsSpan((row * width) + left, right - left + 1).Fill(keeps ? 0 : white);
            }
        }

        return tensor;
    }

    // Takes the hole's pixels and strikes them off.
    private static void Paste(Picture filled, Picture result, PixelMask left, PixelBounds hole, InpaintWindow window)
    {
        int channels = result.Channels, colors = result.HasAlpha ? channels - 1 : channels;
        var source = colors == 1 ? filled.As(PixelFormat.Gray) : filled;
        for (var y = hole.Top; y < hole.Bottom; y++)
        {
            ReadOnlySpan<byte> from = source.Row(y - window.Top);
            var to = result.Row(y);
            for (var x = hole.Left; x < hole.Right; x++)
            {
                if (!left[x, y]) continue;
                from.Slice((x - window.Left) * colors, colors).CopyTo(to[(x * channels)..]);
                left[x, y] = false;
            }
        }
    }
}
