using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Engraving: parallel lines that swell with the tone and bend with the light on the forms, crossed in the shades.</summary>
internal sealed class EngravingStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Engraving;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var tones = canvas.Draughted(canvas.LumaOf(canvas.Abstracted(2.2f)), 0.55f);
        canvas.Report(0.4);
        var relief = canvas.Blurred(canvas.Luma, 9);
        var lines = canvas.Lines(canvas.Draughted(canvas.Luma), 0.8f, 4, 22, 0.55f, 10);
        canvas.Report(0.8);
        var period = canvas.Units(4.6f, 3);
        Halftone main = new(period, 28), cross = new(period, -34), fine = new(period, 80);
        var bend = canvas.Units(34) / period;
        return canvas.Paint((x, y, i) =>
        {
            var dark = 1 - Math.Clamp(1.05f * tones.Data[i], 0, 1);
            var shift = bend * relief.Data[i];
            var ink = main.Line(x, y, 0.06f + (0.78f * dark), shift);
            if (dark > 0.5f) ink = Math.Max(ink, cross.Line(x, y, (dark - 0.5f) * 1.1f, -shift));
            if (dark > 0.75f) ink = Math.Max(ink, fine.Line(x, y, (dark - 0.75f) * 1.5f, shift * 0.5f));
            ink = Math.Max(ink, 0.9f * (1 - lines.Data[i]));
            return Vector3.Lerp(Tints.Hex(0xF3EFDF), Tints.Hex(0x1D2A2A), ink);
        });
    }
}
