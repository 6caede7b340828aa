using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Pen and ink: contours, solid blacks, and cross-hatching whose layers come in one by one as the tone falls.</summary>
internal sealed class InkStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Ink;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var tones = canvas.Draughted(canvas.Blurred(canvas.LumaOf(canvas.Abstracted(3)), 1), 0.58f);
        canvas.Report(0.4);
        var lines = canvas.Lines(canvas.Draughted(canvas.Luma, 0.66f), 1.05f, 4, 24, 0.55f, 14);
        canvas.Report(0.7);
        var hand = canvas.Noise("hand");
        var period = canvas.Units(5.2f, 3);
        Halftone[] screens = [new(period, 42), new(period, -38), new(period, 4), new(period, 86)];
        var wander = 1 / canvas.Units(45);
        return canvas.Paint((x, y, i) =>
        {
            var dark = 1 - tones.Data[i];
            var ink = 1 - lines.Data[i];
            var shift = 0.35f * hand.At(x * wander, y * wander);
            var weight = 1 + (0.5f * hand.At(x * wander * 3, (y * wander * 3) + 50));
            for (var k = 0; k < screens.Length; k++)
            {
                var tone = Math.Clamp((dark - 0.3f - (0.15f * k)) * 1.5f, 0, 0.42f) * weight;
                if (tone > 0.02f) ink = Math.Max(ink, screens[k].Line(x, y, Math.Max(tone, 0.14f * weight), shift));
            }

            ink = Math.Max(ink, Tints.Smooth(0.8f, 0.87f, dark));
            return Vector3.Lerp(Tints.Hex(0xFAF6EA), Tints.Hex(0x14131A), ink);
        });
    }
}
