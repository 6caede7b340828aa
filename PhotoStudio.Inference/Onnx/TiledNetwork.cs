using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Runs a network that makes a picture from a picture over one of any size, in overlapping tiles that are blended into each other, so that
/// no seam shows. Where the picture ends, tiles are filled by mirroring it. Inputs and outputs of the tiles are bound once.
/// </summary>
/// <param name="session">The loaded network.</param>
/// <param name="processing">What goes in and out of it: one picture each.</param>
public sealed class TiledNetwork(OnnxSession session, ModelProcessing processing)
{
    private readonly TensorForm _out = processing.Outputs[0].Form();

    /// <summary>The size of tiles when neither the network nor the catalogue says it: large enough that overlaps cost little.</summary>
    public const int UsualSize = 512;

    private const int UsualOverlap = 32;

    /// <summary>Memory of a run besides the picture and the result, in bytes, for a picture of this width.</summary>
    /// <param name="processing">What goes in and out of the network.</param>
    /// <param name="width">The picture's width in pixels.</param>
    /// <param name="bytesPerPixel">What the network's features take a pixel of a tile.</param>
    public static long MemoryFor(ModelProcessing processing, int width, long bytesPerPixel)
    {
        ArgumentNullException.ThrowIfNull(processing);
        long side = processing.Tile?.Size ?? UsualSize;
        return (bytesPerPixel * side * side) + (3L * sizeof(float) * processing.Factor * processing.Factor * width * side);
    }

    /// <summary>Runs it.</summary>
    /// <param name="picture">The picture; its alpha is left out.</param>
    /// <param name="progress">Hears how far the work is, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>RGB, or gray for a network of one channel; the catalogue's factor times as wide and high as the picture.</returns>
    public Picture Run(Picture picture, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var factor = processing.Factor;
        var shape = session.InputShape(processing.InputName(0));
        Tiling columns = Cut(picture.Width, shape[^1]), rows = Cut(picture.Height, shape[^2]);
        var result = new Picture(picture.Width * factor, picture.Height * factor, _out.Channels == 1 ? PixelFormat.Gray : PixelFormat.Rgb);
        using var tiles = Open(columns.Size, rows.Size);
        var strip = new float[_out.Channels * result.Width * rows.Size * factor];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < columns.Count; column++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tiles.Run(picture, columns.Start(column), rows.Start(row), cancellationToken);
                AddToStrip(tiles.Output, strip, result.Width, columns, rows.Size, column, factor);
                progress?.Report(((row * columns.Count) + column + 1.0) / (rows.Count * columns.Count));
            }

            AddStrip(strip, result, rows, row, factor, cancellationToken);
        }

        return result;
    }

    private Tiling Cut(int length, int fixedSize)
    {
        var overlap = processing.Tile?.Overlap ?? UsualOverlap;
        if (fixedSize > 0) return new(length, fixedSize, Math.Min(overlap, fixedSize / 2));
        var multiple = processing.Inputs[0].Multiple;
        var size = Math.Min(processing.Tile?.Size ?? UsualSize, length);
        return new(length, (size + multiple - 1) / multiple * multiple, Math.Min(overlap, size / 2));
    }

    private Tiles Open(int width, int height)
    {
        var input = new FloatTensor(1, processing.Inputs[0].Form().Channels, height, width);
        var output = new FloatTensor(1, _out.Channels, height * processing.Factor, width * processing.Factor);
        return new(session, processing, input, output);
    }

    // The first tile of a row is taken as it is; the others fade in over the middle half of what they share with the one before.
    private void AddToStrip(FloatTensor tile, float[] strip, int stripWidth, Tiling columns, int tileHeight, int column, int factor)
    {
        int width = columns.Size * factor, height = tileHeight * factor, start = columns.Start(column) * factor;
        int shared = column == 0 ? 0 : (columns.Start(column - 1) * factor) + width - start;
        var visible = Math.Min(width, stripWidth - start);
        for (var c = 0; c < _out.Channels; c++)
        {
            var (scale, offset) = _out.ToSample(c);
            for (var y = 0; y < height; y++)
            {
                var from = tile.Values.AsSpan((((c * height) + y) * width), visible);
                var to = strip.AsSpan((((c * height) + y) * stripWidth) + start, visible);
                for (var x = 0; x < visible; x++)
                {
                    var value = (from[x] * scale) + offset;
                    to[x] = x < shared ? to[x] + (Fade(x, shared) * (value - to[x])) : value;
                }
            }
        }
    }

    private void AddStrip(float[] strip, Picture result, Tiling rows, int row, int factor, CancellationToken cancellationToken)
    {
        int height = rows.Size * factor, start = rows.Start(row) * factor, width = result.Width, channels = _out.Channels;
        int shared = row == 0 ? 0 : (rows.Start(row - 1) * factor) + height - start;
        Algorithms.RowBands.Run(Math.Min(height, result.Height - start), (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var target = result.Row(start + y);
                var share = y < shared ? Fade(y, shared) : 1;
                if (share == 0) continue;
                for (var c = 0; c < channels; c++)
                {
                    var from = strip.AsSpan(((c * height) + y) * width, width);
                    for (int x = 0, at = _out.SampleIndex(c); x < width; x++, at += channels)
                    {
                        // What is not a number is black.
                        var value = share == 1 ? from[x] : target[at] + (share * (from[x] - target[at]));
                        target[at] = float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(value + 0.5f, 0, 255);
                    }
                }
            }
        }, cancellationToken);
    }

    private static float Fade(int position, int length) => Math.Clamp((2 * (position + 0.5f) / length) - 0.5f, 0, 1);

    /// <summary>Tiles of one size along a side, evenly spread.</summary>
    private readonly record struct Tiling(int Length, int Size, int Overlap)
    {
        public int Count => Length <= Size ? 1 : (int)Math.Ceiling((double)(Length - Overlap) / (Size - Overlap));

        public int Start(int index) => Count == 1 ? 0 : (int)Math.Round((double)index * (Length - Size) / (Count - 1));
    }

    /// <summary>The tensors of one tile.</summary>
    private sealed class Tiles : IDisposable
    {
        private readonly OnnxSession _session;
        private readonly ModelProcessing _processing;
        private readonly FloatTensor _input;
        private readonly OnnxBinding? _binding;
        private readonly TensorForm _form;
        private readonly Picture _window;

        public Tiles(OnnxSession session, ModelProcessing processing, FloatTensor input, FloatTensor output)
        {
            (_session, _processing, _input, Output, _form) = (session, processing, input, output, processing.Inputs[0].Form());
            _window = new((int)input.Shape[3], (int)input.Shape[2], _form.Channels == 1 ? PixelFormat.Gray : PixelFormat.Rgb);
            if (session.WorksOnFloats) _binding = session.Bind([(processing.InputName(0), input)], [(processing.OutputName(0), output)]);
        }

        public FloatTensor Output { get; }

        public void Run(Picture picture, int left, int top, CancellationToken cancellationToken)
        {
            Read(picture, left, top);
            PictureTensors.Fill(_window, _form, _input, cancellationToken);
            if (_binding is not null)
            {
                _binding.Run(cancellationToken);
                return;
            }

            using var outputs = _session.Run([(_processing.InputName(0), _input)], [_processing.OutputName(0)], cancellationToken);
            var values = outputs.Values(_processing.OutputName(0));
            if (values.Length != Output.Values.Length)
                throw _session.Unexpected($"a tile of {_input.Shape[3]}×{_input.Shape[2]} pixels gives {values.Length} values, not {Output.Values.Length}");
            values.CopyTo(Output.Values);
        }

        public void Dispose() => _binding?.Dispose();

        private void Read(Picture picture, int left, int top)
        {
            int channels = _window.Channels;
            for (var y = 0; y < _window.Height; y++)
            {
                ReadOnlySpan<byte> from = picture.Row(Mirrored(top + y, picture.Height));
                var to = _window.Row(y);
                for (var x = 0; x < _window.Width; x++)
                {
                    var pixel = from.Slice(Mirrored(left + x, picture.Width) * picture.Channels, picture.Channels);
                    if (channels == 1) to[x] = Luma(pixel);
                    else if (pixel.Length <= 2) to.Slice(3 * x, 3).Fill(pixel[0]);
                    else pixel[..3].CopyTo(to[(3 * x)..]);
                }
            }
        }

        private static byte Luma(ReadOnlySpan<byte> pixel) =>
            pixel.Length <= 2 ? pixel[0] : (byte)(((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2]) + 500) / 1000);

        private static int Mirrored(int position, int length)
        {
            while (position < 0 || position >= length) position = position < 0 ? -1 - position : (2 * length) - 1 - position;
            return position;
        }
    }
}
