using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Pixel art: large square pixels from a palette of 24 of the picture's own colours, mixed by an ordered pattern (Bayer 1973), with
/// crisp contours.
/// </summary>
internal sealed class PixelArtStyle : IPictureStyle
{
    private const int Colors = 24;
    private const float Across = 128;

    private static readonly int[] Bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.PixelArt;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var block = Math.Max(1024 / Across * canvas.Unit, 2);
        int columns = Math.Max(1, (int)MathF.Round(canvas.Width / block)), rows = Math.Max(1, (int)MathF.Round(canvas.Height / block));
        var source = canvas.Abstracted(3);
        canvas.Report(0.6);
        var small = AreaResize.Shrink(source, columns, rows, canvas.Token);
        var palette = Palettes.Of(small, Colors, canvas.Random("palette"));
        for (var k = 0; k < palette.Length; k++)
            palette[k] = new(Math.Clamp(0.5f + ((palette[k].X - 0.5f) * 1.12f), 0, 1), palette[k].Y * 1.3f, palette[k].Z * 1.3f);
        var blocks = new Vector3[columns * rows];
        RowBands.Run(
            rows,
            (first, end) =>
            {
                for (int i = first * columns; i < end * columns; i++)
                {
                    var (y, x) = Math.DivRem(i, columns);
                    var lab = Palettes.ToOklab(small.At(i));
                    lab = new(0.5f + ((lab.X - 0.5f) * 1.12f), lab.Y * 1.3f, lab.Z * 1.3f);
                    lab.X += ((Bayer[((y & 3) * 4) + (x & 3)] + 0.5f) / 16 - 0.5f) * 0.07f;
                    blocks[i] = Palettes.ToSrgb(palette[ColorClusters.Nearest(palette, lab)]);
                }
            },
            canvas.Token);
        float scaleX = columns / (float)canvas.Width, scaleY = rows / (float)canvas.Height;
        return canvas.Paint((x, y, _) =>
            blocks[(Math.Min(rows - 1, (int)((y + 0.5f) * scaleY)) * columns) + Math.Min(columns - 1, (int)((x + 0.5f) * scaleX))]);
    }
}
