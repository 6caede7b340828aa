using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Networks;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>
/// Enlarges by a network of <see cref="TrainedNetworks"/> that doubles or quadruples; what is asked for beyond or between these is
/// resampled from it.
/// </summary>
internal sealed class NetworkEnlarger(OnnxSession session, int factor) : LumaEnlarger
{
    /// <summary>
    /// The most memory of the network's features for one tile, in bytes: a few layers of 32 channels over a window of
    /// <see cref="Window"/> source pixels and its margins, and what it delivers.
    /// </summary>
    public const long Bytes = 6L * 32 * 4 * (Window + 100) * (Window + 100);

    // Ten convolutions see ten pixels to each side; bicubic interpolation sees two.
    private const int Margin = 12;

    private const int Window = 400;

    /// <inheritdoc/>
    public override int Reach => Margin;

    /// <summary>The network for a scale: the smallest factor that reaches it, otherwise the largest there is.</summary>
    public static int FactorFor(double scale) => scale <= 2 ? 2 : 4;

    /// <inheritdoc/>
    public override int TileFor(double scale) => Tile(scale);

    /// <summary>The side of a tile, in pixels of the result: as many source pixels as the memory is reckoned for.</summary>
    public static int Tile(double scale) => Math.Min(1_024, (int)(Window * scale));

    /// <inheritdoc/>
    public override Plane Enlarge(Plane luma, Plane bicubic, TileSide columns, TileSide rows, CancellationToken cancellationToken)
    {
        int width = luma.Width + (2 * Margin), height = luma.Height + (2 * Margin);
        var input = new FloatTensor(1, 1, height, width);
        for (var y = 0; y < height; y++)
        {
            // Mirrored, so that the network sees at the picture's border what it was trained on, and no black frame.
            ReadOnlySpan<float> from = luma.Row(Mirrored(y - Margin, luma.Height));
            var to = input.Values.AsSpan(y * width, width);
            for (var x = 0; x < width; x++) to[x] = from[Mirrored(x - Margin, luma.Width)] / 255;
        }

        using var outputs = session.Run([(TrainedNetworks.LumaInput, input)], [TrainedNetworks.Output], cancellationToken);
        var values = outputs.Values(TrainedNetworks.Output);
        var enlarged = new Plane(luma.Width * factor, luma.Height * factor);
        for (var y = 0; y < enlarged.Height; y++)
        {
            var from = values.Slice((((y + (Margin * factor)) * width) + Margin) * factor, enlarged.Width);
            System.Numerics.Tensors.TensorPrimitives.Multiply(from, 255, enlarged.Row(y));
        }

        var result = BicubicTaps.Resample(enlarged, Fit(columns), Fit(rows), cancellationToken);
        RingingLimit.Apply(result, luma, bicubic, (columns.Nearest(), rows.Nearest()), cancellationToken);
        return result;
    }

    // From the network's grid to the result's; where they are the same, the taps are one and zeros.
    private BicubicTaps Fit(TileSide side) =>
        BicubicTaps.For(side.Source * factor, side.Target, (side.From.First * factor, side.From.Length * factor), side.To);

    private static int Mirrored(int position, int length)
    {
        while (position < 0 || position >= length) position = position < 0 ? -1 - position : (2 * length) - 1 - position;
        return position;
    }
}
