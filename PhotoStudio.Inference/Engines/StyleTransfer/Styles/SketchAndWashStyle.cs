using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Sketch and wash: loose pen lines drawn twice and not quite alike, and light washes that leave much of the sheet white.</summary>
internal sealed class SketchAndWashStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.SketchAndWash;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var washes = canvas.Abstracted(8, rounds: 2);
        canvas.Report(0.5);
        var once = canvas.Contours(0.8f, 5, 22, 9);
        var twice = canvas.Contours(1.5f, 6, 18, 6);
        canvas.Report(0.8);
        var hand = canvas.Noise("hand");
        var paper = new PaperTexture(canvas.Random("paper"), canvas.Units(2.4f));
        float wander = 1 / canvas.Units(38), reach = canvas.Units(3.2f, 0), slip = canvas.Units(5, 0);
        return canvas.Paint((x, y, i) =>
        {
            float n1 = hand.At(x * wander, y * wander), n2 = hand.At((x * wander) + 40, (y * wander) + 9);
            float tooth = paper.Tooth(x, y), cloud = paper.Cloud(x, y);

            // The wash is laid beside its place, and not everywhere.
            float wx = x + slip + (reach * n1), wy = y + (slip * 0.6f) + (reach * n2);
            Vector3 wash = new(washes.C0.At(wx, wy), washes.C1.At(wx, wy), washes.C2.At(wx, wy));
            wash = Tints.Clamp(Tints.Saturate(wash, 1.45f));
            var luma = Tints.Luma(wash);
            wash = Vector3.One - ((Vector3.One - wash) * 0.72f);
            wash = Tints.Clamp(Tints.Pigment(wash, 1 + (0.7f * cloud) + (0.3f * tooth)));
            var laid = Tints.Smooth(0.95f, 0.7f, luma + (0.16f * cloud) + (0.12f * n1));
            var color = Vector3.Lerp(Vector3.One, wash, laid);
            var first = 1 - once.At(x + (reach * 0.5f * n2), y + (reach * 0.5f * n1));
            var second = 0.7f * (1 - twice.At(x - (reach * 0.8f * n1), y + (reach * 0.8f * n2)));
            var line = Math.Clamp(Math.Max(first, second) * (0.82f + (0.3f * tooth)), 0, 0.95f);
            return Vector3.Lerp(color * Tints.Hex(0xFCF9F1), Tints.Hex(0x2E2019), line);
        });
    }
}
