using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Denoise;

/// <summary>Denoises a picture of any size, tile by tile, by <see cref="Bm3d"/> along the axes of <see cref="OpponentColors"/>.</summary>
internal static class Denoising
{
    /// <summary>Memory of the planes of one tile, in bytes.</summary>
    public const long TileBytes = 11L * 4 * Whole * Whole;

    // Tiles overlap by what a block can reach, so that there are no seams; their borders are multiples of the steps between blocks.
    private const int Tile = 1_024, Whole = Tile + (2 * Bm3d.Reach), Smallest = 16;

    // In levels: as much of what looks like noise is fine texture and rounding, and nobody sees it.
    private const float Texture = 1.7f;

    // Values of a block that may be cut off to black or white when noise is estimated.
    private const int FewCutOff = 8;

    // The share of usable blocks below which the channels are looked at one by one.
    private const double Few = 0.3;

    /// <summary>The picture without its noise; alpha stays. The very same samples when there is no noise.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="noiseLevel">Standard deviation of the noise in levels; estimated when null.</param>
    /// <param name="strength">How much of the noise goes, 0–1.</param>
    /// <param name="progress">Hears how far the work is, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Run(
        Picture picture, float? noiseLevel, float strength, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (strength == 0) return picture;
        var sigmas = noiseLevel is { } level ? [level, level, level] : Estimate(picture, cancellationToken);
        if (sigmas.Max() < 1e-3f) return picture;

        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        Tiling columns = new(picture.Width), rows = new(picture.Height);
        for (var tile = 0; tile < columns.Count * rows.Count; tile++)
        {
            var share = new Part(progress, tile, columns.Count * rows.Count);
            Clear(picture, result, columns[tile % columns.Count], rows[tile / columns.Count], sigmas, strength, share, cancellationToken);
        }

        return result;
    }

    /// <summary>The noise of a picture along the axes of <see cref="OpponentColors"/>, in levels, less what may be fine texture.</summary>
    public static float[] Estimate(Picture picture, CancellationToken cancellationToken)
    {
        // The middle of a large picture tells enough.
        int width = Math.Clamp(picture.Width, Smallest, Whole), height = Math.Clamp(picture.Height, Smallest, Whole);
        int left = (Math.Max(width, picture.Width) - width) / 2, top = (Math.Max(height, picture.Height) - height) / 2;
        var planes = OpponentColors.From(picture, left, top, width, height);
        var usable = Usable(picture, left, top, width, height, 0, picture.HasAlpha ? picture.Channels - 1 : picture.Channels);
        var count = usable.Count(each => each);
        var found = planes.Length == 3 && count < Few * usable.Length
            ? ByChannel(picture, left, top, width, height, cancellationToken)
            : NoiseLevel.Estimate(planes, count > 0 ? at => usable[at] : null, cancellationToken);
        return Array.ConvertAll(found, sigma => MathF.Sqrt(Math.Max(0, (sigma * sigma) - (Texture * Texture))));
    }

    /// <summary>The noise of the channel that is cut off in the fewest places, for all axes alike.</summary>
    private static float[] ByChannel(Picture picture, int left, int top, int width, int height, CancellationToken cancellationToken)
    {
        bool[]? best = null;
        var (channel, most) = (0, -1);
        for (var c = 0; c < 3; c++)
        {
            var usable = Usable(picture, left, top, width, height, c, c + 1);
            var count = usable.Count(each => each);
            if (count > most) (best, channel, most) = (usable, c, count);
        }

        var plane = new Plane(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                int column = Math.Min(left + x, picture.Width - 1), row = Math.Min(top + y, picture.Height - 1);
                plane[x, y] = picture.Samples[(((row * picture.Width) + column) * picture.Channels) + channel];
            }
        }

        var sigma = NoiseLevel.Estimate([plane], most > 0 ? at => best![at] : null, cancellationToken)[0];
        return [sigma, sigma, sigma];
    }

    /// <summary>
    /// Where blocks start that hold little that is transparent, or cut off to black or white in the channels from <paramref name="first"/> to
    /// before <paramref name="end"/>: noise is cut off there as well.
    /// </summary>
    private static bool[] Usable(Picture picture, int left, int top, int width, int height, int first, int end)
    {
        const int Block = BlockDct.Size;
        var bad = new int[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var cutOff = 0;
                if (left + x < picture.Width && top + y < picture.Height)
                {
                    var pixel = picture.Samples.AsSpan((((top + y) * picture.Width) + left + x) * picture.Channels, picture.Channels);
                    if (pixel[first..end].ContainsAny((byte)0, (byte)255) || (picture.HasAlpha && pixel[^1] == 0)) cutOff = 1;
                }

                var at = ((y + 1) * (width + 1)) + x + 1;
                bad[at] = cutOff + bad[at - 1] + bad[at - width - 1] - bad[at - width - 2];
            }
        }

        var usable = new bool[width * height];
        for (var y = 0; y <= height - Block; y++)
        {
            for (var x = 0; x <= width - Block; x++)
            {
                int above = (y * (width + 1)) + x, below = above + (Block * (width + 1));
                usable[(y * width) + x] = bad[below + Block] - bad[below] - bad[above + Block] + bad[above] <= FewCutOff;
            }
        }

        return usable;
    }

    private static void Clear(
        Picture picture, Picture result, Span columns, Span rows, float[] sigmas, float strength, Part progress, CancellationToken cancellationToken)
    {
        var noisy = OpponentColors.From(picture, columns.Read, rows.Read, columns.ReadLength, rows.ReadLength);
        var planes = Bm3d.Denoise(noisy, sigmas, progress, cancellationToken);
        var channels = picture.Channels;
        RowBands.Run(rows.Length, (first, end) =>
        {
            for (var row = rows.Start + first; row < rows.Start + end; row++)
            {
                ReadOnlySpan<byte> before = picture.Row(row);
                var after = result.Row(row);
                for (var column = columns.Start; column < columns.Start + columns.Length; column++)
                {
                    int from = ((row - rows.Read) * columns.ReadLength) + column - columns.Read, at = column * channels;
                    if (planes.Length == 1)
                    {
                        after[at] = Blend(before[at], planes[0].Data[from]);
                        continue;
                    }

                    var (red, green, blue) = OpponentColors.ToRgb(planes[0].Data[from], planes[1].Data[from], planes[2].Data[from]);
                    after[at] = Blend(before[at], red);
                    after[at + 1] = Blend(before[at + 1], green);
                    after[at + 2] = Blend(before[at + 2], blue);
                }
            }
        }, cancellationToken);

        byte Blend(byte noisySample, float clean) => (byte)(noisySample + (strength * (Math.Clamp(clean, 0, 255) - noisySample)) + 0.5f);
    }

    /// <summary>Part of a row or column of tiles.</summary>
    /// <param name="Start">Where the tile begins.</param>
    /// <param name="Length">How long it is.</param>
    /// <param name="Read">Where what is read for it begins.</param>
    /// <param name="ReadLength">How long that is.</param>
    private readonly record struct Span(int Start, int Length, int Read, int ReadLength);

    /// <summary>The tiles along one side. A short side is one tile; one that is shorter than the smallest is continued.</summary>
    private readonly record struct Tiling(int Length)
    {
        public int Count => Length <= Whole ? 1 : (Length + Tile - 1) / Tile;

        public Span this[int index]
        {
            get
            {
                if (Count == 1) return new(0, Length, 0, Math.Max(Length, Smallest));
                int start = index * Tile, read = Math.Max(0, start - Bm3d.Reach);
                var end = Math.Min(Length, start + Tile);

                // The last one may be short: it then reads more of the one before.
                read = Math.Min(read, Math.Max(0, end - Smallest) / 4 * 4);
                return new(start, end - start, read, Math.Min(Length, end + Bm3d.Reach) - read);
            }
        }
    }

    private sealed class Part(IProgress<double>? progress, int index, int count) : IProgress<double>
    {
        public void Report(double value) => progress?.Report((index + value) / count);
    }
}
