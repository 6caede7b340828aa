using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Coloured pencils: each pixel's colour as so much of one pure pigment on white, hatched in two directions, over darker lines.
/// </summary>
internal sealed class ColoredPencilStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.ColoredPencil;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var colors = canvas.Abstracted(3);
        var luma = canvas.LumaOf(colors);
        var draughted = canvas.Draughted(luma, 0.58f);
        var lift = canvas.Map((_, _, i) => (0.1f + draughted.Data[i]) / (0.1f + luma.Data[i]));
        canvas.Report(0.4);
        var lines = canvas.Contours(0.8f, 3.5f, 20, 6);
        canvas.Report(0.7);
        float width = canvas.Units(1.4f, 0.8f), length = canvas.Units(34, 5);
        Hatching first = new(canvas.Random("first"), width, length, -48);
        Hatching second = new(canvas.Random("second"), width, length, -66);
        Hatching third = new(canvas.Random("third"), width, length, 30);
        var paper = new PaperTexture(canvas.Random("paper"), canvas.Units(1.6f));
        return canvas.Paint((x, y, i) =>
        {
            var color = Tints.Clamp(Tints.Saturate(colors.At(i) * lift.Data[i], 1.3f));
            var tooth = paper.Tooth(x, y);

            // The strongest absorption tells how much pigment lies here; the pigment is what remains at full cover.
            var cover = Math.Clamp(1 - Math.Min(color.X, Math.Min(color.Y, color.Z)), 0.04f, 1);
            var pigment = Vector3.One - ((Vector3.One - color) / cover);
            var laid = (0.55f * Cover(cover * 1.05f, first.At(x, y))) + (0.4f * Cover(cover * 0.9f, second.At(x, y)));
            laid += 0.3f * Cover((cover - 0.55f) * 1.5f, third.At(x, y));
            laid = Math.Clamp((laid * (0.9f + (0.4f * tooth))) + (0.42f * cover), 0, 1) * Math.Min(1, 0.25f + (cover * 1.05f));
            var result = Vector3.Lerp(Vector3.One, pigment, laid);
            var line = Math.Clamp((1 - lines.Data[i]) * (0.75f + (0.35f * tooth)), 0, 0.8f);
            result = Vector3.Lerp(result, color * 0.32f, line);
            return result * (Tints.Hex(0xFCFAF5) + new Vector3(0.012f * tooth));
        });
    }

    private static float Cover(float tone, float threshold) => Tints.Smooth(-0.2f, 0.2f, tone - threshold);
}
