using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Watercolour after Bousseau, Kaplan, Thollot, Sillion, "Interactive watercolor rendering with temporal coherence and abstraction",
/// NPAR 2006: flat washes whose density changes with the pigment's flow, dark rims where they dry, and the tooth of the paper. The
/// outlines wobble, and the painting ends raggedly before the sheet does.
/// </summary>
internal sealed class WatercolorStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Watercolor;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var washes = Wobble(canvas, canvas.Abstracted(6, rounds: 2));
        canvas.Report(0.6);
        var luma = canvas.LumaOf(washes);

        // A rim where a wash ends against a lighter one: the pigment is carried there.
        var near = canvas.Blurred(luma, 1.1f);
        var wide = canvas.Blurred(luma, 4.5f);
        var paper = new PaperTexture(canvas.Random("paper"), canvas.Units(2.2f));
        var edge = new PaperTexture(canvas.Random("edge"), canvas.Units(5));
        var fine = canvas.Contours(0.8f, 3, 14, 5);
        canvas.Report(0.8);
        float frame = canvas.Units(34, 0), softness = canvas.Units(4, 1);
        return canvas.Paint((x, y, i) =>
        {
            var wash = Tints.Clamp(Tints.Saturate(washes.At(i), 1.25f));

            // Thinned with water: even the darkest wash lets the sheet through.
            wash = Vector3.One - ((Vector3.One - wash) * new Vector3(0.86f, 0.84f, 0.77f));
            wash = Vector3.Lerp(wash, wash * wash * (new Vector3(3) - (2 * wash)), 0.25f);
            wash = Vector3.Lerp(wash, Vector3.One, 0.12f * Tints.Smooth(0.5f, 0.95f, luma.Data[i]));
            var rim = Math.Clamp((wide.Data[i] - near.Data[i]) * 9, -0.35f, 1.1f);
            float tooth = paper.Tooth(x, y), cloud = paper.Cloud(x, y);
            var density = 1 + (0.75f * rim) + (0.55f * cloud) + (0.28f * tooth) + (0.3f * (1 - fine.Data[i]));
            var color = Tints.Pigment(Tints.Clamp(wash), Math.Clamp(density, 0.2f, 2.6f));

            // Near the sheet's border only paper is left.
            var border = Math.Min(Math.Min(x, canvas.Width - 1 - x), Math.Min(y, canvas.Height - 1 - y));
            var ragged = border - (frame * (0.45f + (0.45f * edge.Cloud(x * 1.6f, y * 1.6f)) + (0.12f * edge.Tooth(x, y))));
            var painted = Tints.Smooth(0, softness, ragged);
            var drying = 1 + (0.8f * painted * (1 - Tints.Smooth(0, softness * 2.2f, ragged - (softness * 0.6f))));
            color = Vector3.Lerp(Vector3.One, Tints.Pigment(color, drying), painted);
            var sheet = Tints.Hex(0xFBF8F1) * (1 + (0.035f * tooth));
            return color * sheet;
        });
    }

    // Outlines drawn by hand on rough paper.
    private static ColorPlanes Wobble(StyleCanvas canvas, ColorPlanes colors)
    {
        var noise = canvas.Noise("wobble");
        float scale = 1 / canvas.Units(26), fine = 1 / canvas.Units(6), reach = canvas.Units(2.2f, 0), tremor = canvas.Units(0.7f, 0);
        return canvas.Paint((x, y, _) =>
        {
            var dx = (reach * noise.At(x * scale, y * scale)) + (tremor * noise.At(x * fine, y * fine));
            var dy = (reach * noise.At((x * scale) + 91, (y * scale) + 17)) + (tremor * noise.At((x * fine) + 41, (y * fine) + 3));
            return new(colors.C0.At(x + dx, y + dy), colors.C1.At(x + dx, y + dy), colors.C2.At(x + dx, y + dy));
        });
    }
}
