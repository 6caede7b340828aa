using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>
/// Enlarges a picture tile by tile: every channel by bicubic interpolation, and the detail that <see cref="BackProjection"/> finds in the
/// luma is added to all colours alike, so that edges get no coloured rims. With alpha, colours are weighted by it on the way.
/// </summary>
internal static class Upscaling
{
    /// <summary>Memory of the planes of one tile, in bytes.</summary>
    public const long TileBytes = 14L * 4 * (Tile + 400) * (Tile + 400);

    // In pixels of the result.
    private const int Tile = 1_024;

    // Opacity below which a colour cannot be told any more.
    private const float Faint = 0.02f;

    /// <summary>The size of the result.</summary>
    public static (int Width, int Height) Size(int width, int height, double scale) =>
        ((int)Math.Round(width * scale), (int)Math.Round(height * scale));

    /// <summary>Enlarges a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Width of the result, at least the picture's.</param>
    /// <param name="height">Height of the result, at least the picture's.</param>
    /// <param name="progress">Hears how far the work is, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Run(Picture picture, int width, int height, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if ((width, height) == (picture.Width, picture.Height)) return picture;
        var result = new Picture(width, height, picture.Format);
        int across = (width + Tile - 1) / Tile, down = (height + Tile - 1) / Tile;
        for (var tile = 0; tile < across * down; tile++)
        {
            var columns = new Side(picture.Width, width, tile % across * Tile);
            var rows = new Side(picture.Height, height, tile / across * Tile);
            Enlarge(picture, result, columns, rows, cancellationToken);
            progress?.Report((tile + 1.0) / (across * down));
        }

        return result;
    }

    private static void Enlarge(Picture picture, Picture result, Side columns, Side rows, CancellationToken cancellationToken)
    {
        var source = Read(picture, columns, rows);
        var colors = picture.HasAlpha ? source.Length - 1 : source.Length;
        Plane[] large = [.. source.Select(plane => BicubicTaps.Resample(plane, columns.Grow, rows.Grow, cancellationToken))];
        Plane luma = Luma(source, colors), largeLuma = Luma(large, colors);
        var detailed = Detailed(luma, largeLuma);
        var alpha = picture.HasAlpha ? Detailed(source[^1], large[^1]) : null;
        int channels = picture.Channels, left = columns.Start - columns.To.First, top = rows.Start - rows.To.First;
        RowBands.Run(rows.Length, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                var row = result.Row(rows.Start + y);
                for (int x = 0, at = columns.Start * channels; x < columns.Length; x++, at += channels)
                {
                    var from = ((top + y) * columns.To.Length) + left + x;
                    if (alpha is null)
                    {
                        var detail = detailed.Data[from] - largeLuma.Data[from];
                        for (var c = 0; c < colors; c++) row[at + c] = Byte(large[c].Data[from] + detail);
                        continue;
                    }

                    // Colours are freed of the alpha before their detail is added, so that the outline's own detail stays out of them.
                    float weight = large[^1].Data[from] / 255, opacity = alpha.Data[from];
                    row[at + colors] = Byte(opacity);
                    if (weight < Faint || opacity < Faint * 255) continue;
                    var difference = (detailed.Data[from] * 255 / opacity) - (largeLuma.Data[from] / weight);
                    for (var c = 0; c < colors; c++) row[at + c] = Byte((large[c].Data[from] / weight) + difference);
                }
            }
        }, cancellationToken);

        Plane Detailed(Plane small, Plane start) => BackProjection.Enlarge(
            small, start, (columns.Grow, rows.Grow), (columns.Shrink, rows.Shrink), (columns.Nearest, rows.Nearest), cancellationToken);

        static byte Byte(float value) => (byte)(Math.Clamp(value, 0, 255) + 0.5f);
    }

    /// <summary>The channels of the part of a picture that a tile needs, 0–255; colours weighted by alpha, alpha last.</summary>
    private static Plane[] Read(Picture picture, Side columns, Side rows)
    {
        Plane[] planes = [.. Enumerable.Range(0, picture.Channels).Select(_ => new Plane(columns.From.Length, rows.From.Length))];
        var colors = picture.HasAlpha ? picture.Channels - 1 : picture.Channels;
        for (var y = 0; y < rows.From.Length; y++)
        {
            var row = picture.Row(rows.From.First + y)[(columns.From.First * picture.Channels)..];
            for (int x = 0, at = 0; x < columns.From.Length; x++, at += picture.Channels)
            {
                var weight = picture.HasAlpha ? row[at + colors] / 255f : 1;
                for (var c = 0; c < colors; c++) planes[c][x, y] = weight * row[at + c];
                if (picture.HasAlpha) planes[colors][x, y] = row[at + colors];
            }
        }

        return planes;
    }

    /// <summary>Luma by the weights of ITU-R BT.601; of a gray picture its only channel.</summary>
    private static Plane Luma(Plane[] planes, int colors)
    {
        if (colors == 1) return planes[0];
        var luma = new Plane(planes[0].Width, planes[0].Height);
        for (var i = 0; i < luma.Data.Length; i++)
            luma.Data[i] = (0.299f * planes[0].Data[i]) + (0.587f * planes[1].Data[i]) + (0.114f * planes[2].Data[i]);
        return luma;
    }

    /// <summary>One side of a tile: what is written, the window of the source it needs, and the taps between that and its enlargement.</summary>
    private sealed class Side
    {
        public Side(int source, int target, int start)
        {
            var scale = (double)target / source;
            Start = start;
            Length = Math.Min(Tile, target - start);
            int first = Math.Max(0, (int)(start / scale) - BackProjection.Reach);
            int end = Math.Min(source, (int)Math.Ceiling((start + Length) / scale) + BackProjection.Reach);
            From = (first, end - first);
            var top = first == 0 ? 0 : (int)Math.Ceiling(first * scale);
            To = (top, (end == source ? target : (int)(end * scale)) - top);
            Grow = BicubicTaps.For(source, target, From, To);
            Shrink = BicubicTaps.For(target, source, To, From);
            Nearest = [.. Enumerable.Range(To.First, To.Length).Select(x => Math.Clamp((int)((x + 0.5) / scale) - first, 0, From.Length - 1))];
        }

        public int Start { get; }

        public int Length { get; }

        public (int First, int Length) From { get; }

        public (int First, int Length) To { get; }

        public BicubicTaps Grow { get; }

        public BicubicTaps Shrink { get; }

        public int[] Nearest { get; }
    }
}
