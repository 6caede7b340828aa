using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using UpscaleOperation = PhotoStudio.Core.Operations.Upscale;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>
/// Enlarges a picture tile by tile: every channel by bicubic interpolation, and the detail that a <see cref="LumaEnlarger"/> finds in the
/// luma is added to all colours alike, so that edges get no coloured rims. With alpha, colours are weighted by it on the way.
/// </summary>
internal static class Upscaling
{
    // Planes of a tile that are alive at once, and what tiles overlap, in pixels of the result.
    private const int TilePlanes = 14, Overlap = 400;

    // The decoder's buffers and the decoded picture; the result, and as much again for writing it.
    private const int SourceBytesPerPixel = 6 + 4, ResultBytesPerPixel = 4 + 4;

    /// <summary>What a run takes beyond the memory of its enlarger, in bytes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="tile">The side of its tiles, in pixels of the result.</param>
    /// <exception cref="InferenceException">The result would be too large.</exception>
    public static long MemoryFor(EngineRun run, int tile)
    {
        var input = run.Input();
        var scale = run.Parameters.Get(UpscaleOperation.Scale);
        var (width, height) = Size(input.Header.Width, input.Header.Height, scale);
        ResultLimits.Check(width, height, input.Limits);
        long side = tile + Overlap;
        return (TilePlanes * 4 * side * side) + (input.Header.Pixels * SourceBytesPerPixel) + ((long)width * height * ResultBytesPerPixel);
    }

    /// <summary>The pixels of a run's result.</summary>
    public static long ResultPixels(EngineRun run)
    {
        var header = run.Input().Header;
        var (width, height) = Size(header.Width, header.Height, run.Parameters.Get(UpscaleOperation.Scale));
        return (long)width * height;
    }

    /// <summary>Decodes the run's picture and enlarges it.</summary>
    public static Picture Run(EngineRun run, LumaEnlarger enlarger, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var (width, height) = Size(picture.Width, picture.Height, run.Parameters.Get(UpscaleOperation.Scale));
        return Run(picture, width, height, enlarger, new Stage(run.Progress), cancellationToken);
    }

    // Opacity below which a colour cannot be told any more.
    private const float Faint = 0.02f;

    /// <summary>The size of the result.</summary>
    public static (int Width, int Height) Size(int width, int height, double scale) =>
        ((int)Math.Round(width * scale), (int)Math.Round(height * scale));

    /// <summary>Enlarges a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="width">Width of the result, at least the picture's.</param>
    /// <param name="height">Height of the result, at least the picture's.</param>
    /// <param name="enlarger">Finds the detail.</param>
    /// <param name="progress">Hears how far the work is, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Run(
        Picture picture, int width, int height, LumaEnlarger enlarger, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if ((width, height) == (picture.Width, picture.Height)) return picture;
        var result = new Picture(width, height, picture.Format);
        var side = enlarger.TileFor((double)width / picture.Width);
        int across = (width + side - 1) / side, down = (height + side - 1) / side;
        for (var tile = 0; tile < across * down; tile++)
        {
            var columns = new TileSide(picture.Width, width, tile % across * side, side, enlarger.Reach);
            var rows = new TileSide(picture.Height, height, tile / across * side, side, enlarger.Reach);
            Enlarge(picture, result, columns, rows, enlarger, cancellationToken);
            progress?.Report((tile + 1.0) / (across * down));
        }

        return result;
    }

    private static void Enlarge(
        Picture picture, Picture result, TileSide columns, TileSide rows, LumaEnlarger enlarger, CancellationToken cancellationToken)
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

                    // Colours are freed of the alpha before their detail is added, so that the outline's own detail stays out of them; the
                    // less there is to see of a colour, the less its detail can be told.
                    float weight = large[^1].Data[from] / 255, opacity = alpha.Data[from];
                    row[at + colors] = Byte(opacity);
                    if (weight < Faint || opacity < Faint * 255) continue;
                    var difference = weight * ((detailed.Data[from] * 255 / opacity) - (largeLuma.Data[from] / weight));
                    for (var c = 0; c < colors; c++) row[at + c] = Byte((large[c].Data[from] / weight) + difference);
                }
            }
        }, cancellationToken);

        Plane Detailed(Plane small, Plane start) => enlarger.Enlarge(small, start, columns, rows, cancellationToken);

        static byte Byte(float value) => (byte)(Math.Clamp(value, 0, 255) + 0.5f);
    }

    /// <summary>The channels of the part of a picture that a tile needs, 0–255; colours weighted by alpha, alpha last.</summary>
    private static Plane[] Read(Picture picture, TileSide columns, TileSide rows)
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

    // Decoding is counted as the first twentieth.
    private sealed class Stage(IProgress<InferenceProgress> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(0.05 + (0.95 * value), "upscaling"));
    }
}
