using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Charcoal: masses of black laid broadly, smudged along the forms and caught by coarse paper, with heavy soft lines.</summary>
internal sealed class CharcoalStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Charcoal;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var tones = FlowSmoothing.Blur(canvas.Draughted(canvas.LumaOf(canvas.Abstracted(4.5f)), 0.55f), canvas.Flow(4), canvas.Units(5, 1), canvas.Token);
        canvas.Report(0.4);
        var lines = canvas.Lines(canvas.Draughted(canvas.Luma), 1.9f, 6, 22, 0.55f, 3.5f);
        canvas.Report(0.7);
        Hatching broad = new(canvas.Random("broad"), canvas.Units(4.5f), canvas.Units(70, 6), -55);
        var paper = new PaperTexture(canvas.Random("paper"), canvas.Units(2.3f));
        return canvas.Paint((x, y, i) =>
        {
            var dark = Tints.Smooth(0.02f, 0.98f, 1 - tones.Data[i]);
            float tooth = paper.Tooth(x, y), stroke = broad.At(x, y);
            var dust = 0.3f * dark;
            var laid = Tints.Smooth(-0.3f, 0.3f, (dark * 1.25f) - 0.12f - (0.45f * stroke) - (0.5f * (0.5f - (0.7f * tooth))));
            var coal = 1 - ((1 - dust) * (1 - (0.88f * laid * Math.Min(1, dark * 1.8f))));
            var line = (1 - lines.Data[i]) * Math.Clamp(0.7f + (0.6f * tooth), 0.2f, 1);
            coal = 1 - ((1 - coal) * (1 - (0.9f * line)));
            var sheet = 0.94f + (0.025f * tooth);
            return new Vector3(1.0f, 0.985f, 0.96f) * (sheet - (coal * 0.87f));
        });
    }
}
