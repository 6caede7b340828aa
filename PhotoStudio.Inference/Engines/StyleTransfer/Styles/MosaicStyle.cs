using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Mosaic: square stones in rows along the edges. Their places relax in the square metric of their own direction (Hausner, "Simulating
/// decorative mosaics", SIGGRAPH 2001); each has one colour, bevelled sides, and grout around it.
/// </summary>
internal sealed class MosaicStyle : IPictureStyle
{
    private const float Stone = 11.5f;

    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Mosaic;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var size = canvas.Units(Stone, 4);
        var tiles = OrientedTiles.Lay(canvas.Blurred(canvas.Colors, 1), canvas.Flow(9), size, canvas.Random("stones"), canvas.Token);
        canvas.Report(0.7);
        var random = canvas.Random("colors");
        var colors = Array.ConvertAll(tiles.Colors, color =>
        {
            var lab = Palettes.ToOklab(Tints.Saturate(color, 1.2f));
            return Palettes.ToSrgb(new(Math.Clamp(lab.X + (0.022f * random.Normal()), 0, 1), lab.Y + (0.006f * random.Normal()), lab.Z + (0.006f * random.Normal())));
        });
        var tilt = Array.ConvertAll(tiles.Colors, _ => new Vector2(random.Normal(), random.Normal()) * 0.035f);
        var stone = new PaperTexture(canvas.Random("stone"), canvas.Units(2));
        float half = size * 0.455f, bevel = Math.Max(1, size * 0.1f);
        return canvas.Paint((x, y, i) =>
        {
            var tile = tiles.Labels[i];
            var (u, v) = tiles.Local(tile, x, y);
            var inside = half - Math.Max(Math.Abs(u), Math.Abs(v));
            var near = Math.Clamp(inside + 0.5f, 0, 1);
            var grain = stone.Tooth(x, y);
            var grout = Tints.Hex(0x4A443E) * (0.9f + (0.18f * grain));
            if (near <= 0) return grout;

            // Light from the upper left: two sides of the bevel catch it, two lie in shade, and no two stones lie quite level.
            float dx = x - tiles.X[tile], dy = y - tiles.Y[tile];
            var side = inside < bevel ? 0.13f * MathF.Sign(-(dx + dy)) * (1 - (Math.Max(inside, 0) / bevel)) : 0;
            var level = ((tilt[tile].X * dx) + (tilt[tile].Y * dy)) / half;
            return Vector3.Lerp(grout, colors[tile] * (1 + side + level + (0.05f * grain)), near);
        });
    }
}
