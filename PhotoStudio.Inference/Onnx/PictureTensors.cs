using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Pictures as tensors <c>[1, channels, height, width]</c> and back, one pass each way: 16 pixels at a time are taken apart into
/// their channels by byte shuffles, or put together from them.
/// </summary>
public static class PictureTensors
{
    private const int Lanes = 16;

    /// <summary>A picture as a tensor of its own size; its alpha is left out.</summary>
    public static FloatTensor FromPicture(Picture picture, TensorForm form, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(form);
        return FromPicture(picture, form, picture.Width, picture.Height, padding: 0, cancellationToken);
    }

    /// <summary>A picture at the top left of a tensor that may be larger than it, as models with a fixed input size take them.</summary>
    /// <param name="picture">The picture; its alpha is left out.</param>
    /// <param name="form">Channels and normalisation.</param>
    /// <param name="width">The tensor's width, at least the picture's.</param>
    /// <param name="height">The tensor's height, at least the picture's.</param>
    /// <param name="padding">The sample, 0–255, that stands where the picture does not reach; it is normalised like the others.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static FloatTensor FromPicture(
        Picture picture, TensorForm form, int width, int height, byte padding, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, picture.Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, picture.Height);

        var tensor = new FloatTensor(1, form.Channels, height, width);
        Fill(picture, form, tensor, padding, cancellationToken);
        return tensor;
    }

    /// <summary>Writes a picture into a tensor of its size.</summary>
    /// <param name="picture">The picture; its alpha is left out.</param>
    /// <param name="form">Channels and normalisation.</param>
    /// <param name="tensor">The tensor <c>[1, channels, height, width]</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The tensor has another shape.</exception>
    public static void Fill(Picture picture, TensorForm form, FloatTensor tensor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(tensor);
        if (!tensor.Shape.SequenceEqual([1, form.Channels, picture.Height, picture.Width]))
            throw new ArgumentException($"A {picture.Width}×{picture.Height} picture does not fit a tensor [{string.Join(", ", tensor.Shape)}].", nameof(tensor));
        Fill(picture, form, tensor, padding: 0, cancellationToken);
    }

    private static void Fill(Picture picture, TensorForm form, FloatTensor tensor, byte padding, CancellationToken cancellationToken)
    {
        // Luma is a mix of the colours; the other way round gray samples are simply read three times.
        if (form.Order == ChannelOrder.Gray && picture.Channels > 2) picture = picture.As(PixelFormat.Gray);
        int width = (int)tensor.Shape[3], height = (int)tensor.Shape[2], plane = width * height;
        for (var c = 0; c < form.Channels; c++)
        {
            var (factor, offset) = form.ToValue(c);
            var sample = picture.Channels <= 2 ? 0 : form.SampleIndex(c);
            var target = tensor.Values.AsSpan(c * plane, plane);
            for (var y = 0; y < picture.Height; y++)
            {
                if (y % 64 == 0) cancellationToken.ThrowIfCancellationRequested();
                var row = target.Slice(y * width, width);
                ReadRow(picture.Row(y), picture.Channels, sample, factor, offset, row[..picture.Width]);
                row[picture.Width..].Fill((padding * factor) + offset);
            }

            target[(picture.Height * width)..].Fill((padding * factor) + offset);
        }
    }

    /// <summary>A tensor as a picture: rounded to whole samples, clamped to 0–255; what is not a number is 0.</summary>
    /// <param name="values">The values <c>[1, channels, height, width]</c>.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="form">Channels and normalisation of the values; a gray tensor becomes a gray picture, the others RGB.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The number of values does not match the size.</exception>
    public static Picture ToPicture(
        ReadOnlySpan<float> values, int width, int height, TensorForm form, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(form);
        var picture = new Picture(width, height, form.Channels == 1 ? PixelFormat.Gray : PixelFormat.Rgb);
        if (values.Length != picture.Samples.Length)
        {
            throw new ArgumentException(
                $"{form.Channels} channels of {width}×{height} are {picture.Samples.Length} values, not {values.Length}.", nameof(values));
        }

        var plane = width * height;
        Span<(float Factor, float Offset)> maps = stackalloc (float, float)[form.Channels];
        Span<int> planes = stackalloc int[form.Channels];
        for (var c = 0; c < form.Channels; c++)
        {
            maps[form.SampleIndex(c)] = form.ToSample(c);
            planes[form.SampleIndex(c)] = c * plane;
        }

        for (var y = 0; y < height; y++)
        {
            if (y % 64 == 0) cancellationToken.ThrowIfCancellationRequested();
            WriteRow(values, planes, y * width, maps, picture.Row(y), width);
        }

        return picture;
    }

    private static void ReadRow(ReadOnlySpan<byte> row, int channels, int sample, float factor, float offset, Span<float> target)
    {
        var x = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var masks = Masks.Gather[channels - 1][sample];
            for (; x <= target.Length - Lanes; x += Lanes)
            {
                var bytes = Vector128<byte>.Zero;
                for (var v = 0; v < channels; v++)
                {
                    var part = Vector128.Create(row.Slice((x * channels) + (v * Lanes), Lanes));
                    bytes |= Vector128.Shuffle(part, masks[v]);
                }

                Widen(bytes, factor, offset, target.Slice(x, Lanes));
            }
        }

        for (; x < target.Length; x++) target[x] = (row[(x * channels) + sample] * factor) + offset;
    }

    private static void Widen(Vector128<byte> bytes, float factor, float offset, Span<float> target)
    {
        var (low, high) = Vector128.Widen(bytes);
        var (a, b) = Vector128.Widen(low);
        var (c, d) = Vector128.Widen(high);
        var offsets = Vector128.Create(offset);
        ((Vector128.ConvertToSingle(a.AsInt32()) * factor) + offsets).CopyTo(target);
        ((Vector128.ConvertToSingle(b.AsInt32()) * factor) + offsets).CopyTo(target[4..]);
        ((Vector128.ConvertToSingle(c.AsInt32()) * factor) + offsets).CopyTo(target[8..]);
        ((Vector128.ConvertToSingle(d.AsInt32()) * factor) + offsets).CopyTo(target[12..]);
    }

    private static void WriteRow(
        ReadOnlySpan<float> values,
        ReadOnlySpan<int> planes,
        int start,
        ReadOnlySpan<(float Factor, float Offset)> maps,
        Span<byte> row,
        int width)
    {
        int x = 0, channels = planes.Length;
        if (Vector128.IsHardwareAccelerated)
        {
            var masks = Masks.Scatter[channels - 1];
            for (; x <= width - Lanes; x += Lanes)
            {
                for (var v = 0; v < channels; v++) Vector128<byte>.Zero.CopyTo(row.Slice((x * channels) + (v * Lanes), Lanes));
                for (var c = 0; c < channels; c++)
                {
                    var bytes = Narrow(values.Slice(planes[c] + start + x, Lanes), maps[c].Factor, maps[c].Offset);
                    for (var v = 0; v < channels; v++)
                    {
                        var part = row.Slice((x * channels) + (v * Lanes), Lanes);
                        (Vector128.Create<byte>(part) | Vector128.Shuffle(bytes, masks[c][v])).CopyTo(part);
                    }
                }
            }
        }

        for (; x < width; x++)
        {
            for (var c = 0; c < channels; c++)
                row[(x * channels) + c] = Sample(values[planes[c] + start + x], maps[c].Factor, maps[c].Offset);
        }
    }

    private static Vector128<byte> Narrow(ReadOnlySpan<float> values, float factor, float offset)
    {
        var low = Vector128.Narrow(Samples(values, factor, offset), Samples(values[4..], factor, offset));
        var high = Vector128.Narrow(Samples(values[8..], factor, offset), Samples(values[12..], factor, offset));
        return Vector128.Narrow(low.AsUInt16(), high.AsUInt16());
    }

    // A conversion of what is not a number gives 0.
    private static Vector128<int> Samples(ReadOnlySpan<float> values, float factor, float offset)
    {
        var samples = (Vector128.Create(values) * factor) + Vector128.Create(offset) + Vector128.Create(0.5f);
        return Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(samples, Vector128<float>.Zero), Vector128.Create(255f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Sample(float value, float factor, float offset)
    {
        var sample = (value * factor) + offset + 0.5f;
        return float.IsNaN(sample) ? (byte)0 : (byte)(int)Math.Clamp(sample, 0, 255);
    }

    /// <summary>Shuffles between 16 pixels of n interleaved samples, which are n vectors, and one vector a channel.</summary>
    private static class Masks
    {
        /// <summary>[n − 1][channel][vector]: from the pixels' vector to the channel's; what is elsewhere becomes 0.</summary>
        public static readonly Vector128<byte>[][][] Gather = All((channels, channel, vector, lane) =>
            (lane * channels) + channel - (vector * Lanes));

        /// <summary>[n − 1][channel][vector]: from the channel's vector to the pixels'; what belongs to others becomes 0.</summary>
        public static readonly Vector128<byte>[][][] Scatter = All((channels, channel, vector, lane) =>
            ((vector * Lanes) + lane - channel) % channels == 0 ? ((vector * Lanes) + lane - channel) / channels : -1);

        private static Vector128<byte>[][][] All(Func<int, int, int, int, int> source)
        {
            return Build(4, index => Build(index + 1, channel => Build(index + 1, vector =>
                Mask(lane => source(index + 1, channel, vector, lane)))));

            static T[] Build<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];
        }

        private static Vector128<byte> Mask(Func<int, int> source)
        {
            Span<byte> mask = stackalloc byte[Lanes];
            for (var lane = 0; lane < Lanes; lane++) mask[lane] = source(lane) is >= 0 and < Lanes and var at ? (byte)at : byte.MaxValue;
            return MemoryMarshal.Read<Vector128<byte>>(mask);
        }
    }
}
