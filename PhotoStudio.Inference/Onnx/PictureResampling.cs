using System.Text.Json.Serialization;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Onnx;

/// <summary>How the publisher of a network resizes pictures for it. Another filter gives the network other pixels than it was tested with.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResampleFilter>))]
public enum ResampleFilter
{
    /// <summary>Bilinear between the four nearest pixels, also for shrinking: OpenCV's <c>INTER_LINEAR</c>.</summary>
    Bilinear,

    /// <summary>The mean over the area of each target pixel, for shrinking: OpenCV's <c>INTER_AREA</c>.</summary>
    Area,

    /// <summary>A triangle that is widened for shrinking: Pillow's <c>BILINEAR</c>.</summary>
    Triangle,

    /// <summary>Lanczos with three lobes that is widened for shrinking: Pillow's <c>LANCZOS</c>.</summary>
    Lanczos,
}

/// <summary>
/// Resizes pictures as OpenCV and Pillow do, with pixel centres aligned, every channel by itself. Results are within one level of theirs,
/// which compute in fixed point.
/// </summary>
public static class PictureResampling
{
    /// <summary>Resizes a picture; returns the same one when it has the size already.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Width of the result, at least 1.</param>
    /// <param name="height">Height of the result, at least 1.</param>
    /// <param name="filter">How.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Resize(Picture picture, int width, int height, ResampleFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if ((width, height) == (picture.Width, picture.Height)) return picture;

        // Averaging over areas is only possible where both sides shrink; OpenCV then interpolates between sharp-edged pixels instead.
        var shrinks = width <= picture.Width && height <= picture.Height;
        var columns = Taps.For(picture.Width, width, filter, shrinks);
        var rows = Taps.For(picture.Height, height, filter, shrinks);
        var result = new Picture(width, height, picture.Format);
        RowBands.Run(height, (first, end) =>
        {
            var line = new float[picture.Stride];
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.Clear(line);
                for (var k = 0; k < rows.Count[y]; k++) AddRow(picture.Row(rows.First[y] + k), rows.Weight(y, k), line);
                Gather(line, columns, picture.Channels, result.Row(y));
            }
        }, cancellationToken);
        return result;
    }

    private static void AddRow(ReadOnlySpan<byte> row, float weight, Span<float> line)
    {
        if (weight == 0) return;
        for (var i = 0; i < row.Length; i++) line[i] += weight * row[i];
    }

    private static void Gather(ReadOnlySpan<float> line, Taps columns, int channels, Span<byte> target)
    {
        for (int x = 0, at = 0; x < columns.First.Length; x++)
        {
            for (var c = 0; c < channels; c++, at++)
            {
                var sum = 0.5f;
                var from = (columns.First[x] * channels) + c;
                for (var k = 0; k < columns.Count[x]; k++, from += channels) sum += columns.Weight(x, k) * line[from];
                target[at] = (byte)Math.Clamp(sum, 0, 255);
            }
        }
    }

    /// <summary>For every target position the first source position, how many follow, and their weights, which add up to 1.</summary>
    private sealed class Taps
    {
        private readonly float[] _weights;
        private readonly int _most;

        private Taps(int length, int most) => (First, Count, _weights, _most) = (new int[length], new int[length], new float[length * most], most);

        public int[] First { get; }

        public int[] Count { get; }

        public float Weight(int position, int tap) => _weights[(position * _most) + tap];

        public static Taps For(int source, int target, ResampleFilter filter, bool shrinks) => filter switch
        {
            ResampleFilter.Bilinear => Pairs(source, target, static (position, scale) =>
            {
                var center = ((position + 0.5) * scale) - 0.5;
                var low = Math.Floor(center);
                return ((int)low, center - low);
            }),
            ResampleFilter.Area when shrinks => Areas(source, target),
            ResampleFilter.Area => Pairs(source, target, static (position, scale) =>
            {
                var low = (int)(position * scale);
                var share = position + 1 - ((low + 1) / scale);
                return (low, share <= 0 ? 0 : share - Math.Floor(share));
            }),
            ResampleFilter.Triangle => Kernel(source, target, 1, static x => Math.Max(0, 1 - Math.Abs(x))),
            ResampleFilter.Lanczos => Kernel(source, target, 3, static x => Math.Abs(x) < 3 ? Sinc(x) * Sinc(x / 3) : 0),
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No such filter."),
        };

        private static Taps Pairs(int source, int target, Func<int, double, (int Low, double Share)> at)
        {
            var taps = new Taps(target, 2);
            for (var i = 0; i < target; i++)
            {
                var (low, share) = at(i, (double)source / target);
                if (low < 0) (low, share) = (0, 0);
                if (low >= source - 1) (low, share) = (source - 1, 0);
                taps.First[i] = low;
                taps.Count[i] = share == 0 ? 1 : 2;
                taps._weights[2 * i] = (float)(1 - share);
                taps._weights[(2 * i) + 1] = (float)share;
            }

            return taps;
        }

        private static Taps Areas(int source, int target)
        {
            var scale = (double)source / target;
            var taps = new Taps(target, (int)Math.Ceiling(scale) + 1);
            for (var i = 0; i < target; i++)
            {
                double start = i * scale, end = (i + 1) * scale;
                var first = Math.Min((int)start, source - 1);
                var last = Math.Clamp((int)Math.Ceiling(end - 1e-9) - 1, first, source - 1);
                taps.First[i] = first;
                taps.Count[i] = last - first + 1;
                for (var k = first; k <= last; k++)
                    taps._weights[(i * taps._most) + k - first] = (float)((Math.Min(end, k + 1) - Math.Max(start, k)) / scale);
            }

            return taps;
        }

        private static Taps Kernel(int source, int target, double support, Func<double, double> kernel)
        {
            double scale = (double)source / target, stretch = Math.Max(1, scale);
            var taps = new Taps(target, ((int)Math.Ceiling(support * stretch) * 2) + 1);
            for (var i = 0; i < target; i++)
            {
                var center = (i + 0.5) * scale;
                var first = Math.Max(0, (int)(center - (support * stretch) + 0.5));
                var end = Math.Min(source, (int)(center + (support * stretch) + 0.5));
                double sum = 0;
                for (var k = first; k < end; k++) sum += kernel((k + 0.5 - center) / stretch);
                taps.First[i] = first;
                taps.Count[i] = end - first;
                for (var k = first; k < end; k++)
                    taps._weights[(i * taps._most) + k - first] = (float)(kernel((k + 0.5 - center) / stretch) / sum);
            }

            return taps;
        }

        private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
    }
}
