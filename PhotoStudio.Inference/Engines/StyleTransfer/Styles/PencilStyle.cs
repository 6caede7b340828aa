using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Pencil: the lines of the picture, and its tones as hatching in up to three directions (after Lu, Xu, Jia, "Combining sketch and tone
/// for pencil drawing production", NPAR 2012, whose tones of real drawings are mostly light).
/// </summary>
internal sealed class PencilStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Pencil;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var tones = canvas.Draughted(canvas.LumaOf(canvas.Abstracted(2.5f)));
        var luma = canvas.Draughted(canvas.Luma);
        canvas.Report(0.4);
        var lines = canvas.Lines(luma, 0.75f, 3.5f, 26, 0.62f, 5);
        var soft = canvas.Lines(luma, 1.6f, 5, 30, 0.7f, 3);
        canvas.Report(0.7);
        float width = canvas.Units(1.15f, 0.8f), length = canvas.Units(26, 5);
        Hatching first = new(canvas.Random("first"), width, length, -52);
        Hatching second = new(canvas.Random("second"), width, length, -30);
        Hatching third = new(canvas.Random("third"), width, length, 38);
        var paper = new PaperTexture(canvas.Random("paper"), canvas.Units(1.5f));
        return canvas.Paint((x, y, i) =>
        {
            var dark = MathF.Pow(1 - tones.Data[i], 1.25f);
            var tooth = paper.Tooth(x, y);
            var graphite = 0.42f * Cover(dark * 0.95f, first.At(x, y));
            if (dark > 0.3f) graphite += 0.36f * Cover((dark - 0.3f) * 1.25f, second.At(x, y));
            if (dark > 0.55f) graphite += 0.4f * Cover((dark - 0.55f) * 1.7f, third.At(x, y));
            graphite += 0.22f * dark;
            graphite *= 1 + (0.35f * tooth);
            var line = Math.Max(0.95f * (1 - lines.Data[i]), 0.55f * (1 - soft.Data[i])) * (0.85f + (0.25f * tooth));
            var ink = Math.Clamp(1 - ((1 - Math.Clamp(graphite, 0, 0.92f)) * (1 - Math.Clamp(line, 0, 0.9f))), 0, 1);
            var value = 0.975f + (0.012f * tooth) - (ink * 0.86f);
            return new Vector3(value);
        });
    }

    private static float Cover(float tone, float threshold) => Tints.Smooth(-0.16f, 0.16f, tone - threshold);
}
