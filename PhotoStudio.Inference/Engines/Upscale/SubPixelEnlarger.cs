using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>
/// Enlarges by the sub-pixel network of the ONNX model zoo (Shi et al., "Real-Time Single Image and Video Super-Resolution Using an Efficient
/// Sub-Pixel Convolutional Neural Network", CVPR 2016): three times, luma alone, in windows of one size; other scales are resampled from that.
/// </summary>
internal sealed class SubPixelEnlarger(OnnxSession session, ModelProcessing processing) : LumaEnlarger
{
    /// <summary>Memory of the network's features for a window, in bytes: two layers of 64 channels, and what it delivers.</summary>
    public const long Bytes = 2L * 64 * 4 * 224 * 224 * 2;

    // The network's four layers see five pixels to each side.
    private const int Margin = 6;

    private readonly int _window = processing.Inputs[0].Size().Width;

    /// <inheritdoc/>
    public override int Reach => Math.Max(1, (processing.Tile?.Overlap ?? 16) / 2);

    /// <inheritdoc/>
    public override int TileFor(double scale) => Tile(processing, scale);

    /// <summary>The side of a tile, in pixels of the result: its source with what it overlaps by fits into the network's window.</summary>
    public static int Tile(ModelProcessing processing, double scale)
    {
        var (window, reach) = (processing.Inputs[0].Size().Width, Math.Max(1, (processing.Tile?.Overlap ?? 16) / 2));
        return Math.Max(1, (int)((window - (2 * Margin) - (2 * reach) - 2) * scale));
    }

    /// <inheritdoc/>
    public override Plane Enlarge(Plane luma, Plane bicubic, TileSide columns, TileSide rows, CancellationToken cancellationToken)
    {
        // The window is continued by mirroring it on all sides: the network was made with black around pictures, and draws dark and bright
        // lines along borders that it can see.
        var input = new FloatTensor(1, 1, _window, _window);
        for (var y = 0; y < _window; y++)
        {
            ReadOnlySpan<float> from = luma.Row(Mirrored(y - Margin, luma.Height));
            var to = input.Values.AsSpan(y * _window, _window);
            for (var x = 0; x < _window; x++) to[x] = from[Mirrored(x - Margin, luma.Width)] / 255;
        }

        using var outputs = session.Run([(processing.InputName(0), input)], [processing.OutputName(0)], cancellationToken);
        var values = outputs.Values(processing.OutputName(0));
        var enlarged = new Plane(luma.Width * processing.Factor, luma.Height * processing.Factor);
        for (var y = 0; y < enlarged.Height; y++)
        {
            var from = values.Slice((((y + (Margin * processing.Factor)) * _window) + Margin) * processing.Factor, enlarged.Width);
            System.Numerics.Tensors.TensorPrimitives.Multiply(from, 255, enlarged.Row(y));
        }

        return BicubicTaps.Resample(enlarged, Fit(columns), Fit(rows), cancellationToken);
    }

    // From the network's grid to the result's; where they are the same, the taps are one and zeros.
    private BicubicTaps Fit(TileSide side) => BicubicTaps.For(
        side.Source * processing.Factor, side.Target, (side.From.First * processing.Factor, side.From.Length * processing.Factor), side.To);

    private static int Mirrored(int position, int length)
    {
        while (position < 0 || position >= length) position = position < 0 ? -1 - position : (2 * length) - 1 - position;
        return position;
    }
}
