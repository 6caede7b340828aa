using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Woodcut: black and paper only. The gouge's marks are streaks of noise along the flow, brought to even spread in their neighbourhood
/// so that a tone covers its share of them (line integral convolution, Cabral, Leedom 1993).
/// </summary>
internal sealed class WoodcutStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Woodcut;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var abstracted = canvas.Abstracted(5);
        canvas.Report(0.3);
        var flow = FlowField.Find(canvas.Blurred(abstracted, 2), canvas.Units(9, 1.5f), canvas.Token);
        var noise = canvas.Noise("gouge");
        var cell = 1 / canvas.Units(3.1f, 1.2f);
        var streaks = FlowSmoothing.Blur(
            canvas.Map((x, y, _) => noise.At(x * cell, y * cell)), flow, canvas.Units(13, 2), canvas.Token);
        streaks = FlowSmoothing.Blur(streaks, flow, canvas.Units(9, 1), canvas.Token);
        canvas.Report(0.6);
        var deviation = canvas.Blurred(streaks.Map(value => value * value, canvas.Token), 9).Map(value => MathF.Sqrt(value) + 1e-5f, canvas.Token);
        var lines = canvas.Lines(canvas.Draughted(canvas.Luma, 0.62f), 1.7f, 5, 22, 0.48f, 20);
        var tones = canvas.Draughted(canvas.Blurred(canvas.LumaOf(abstracted), 1.5f), 0.52f);
        canvas.Report(0.8);
        var grain = new PaperTexture(canvas.Random("block"), canvas.Units(1.6f));
        return canvas.Paint((x, y, i) =>
        {
            // A logistic curve makes the streaks' normal spread an even one.
            var threshold = 1 / (1 + MathF.Exp(-1.7f * streaks.Data[i] / deviation.Data[i]));
            var dark = Tints.Smooth(0.1f, 0.86f, 1 - tones.Data[i]);
            var ink = Tints.Smooth(-0.09f, 0.09f, dark - (0.06f + (0.88f * threshold)));
            ink = Math.Max(ink, 1 - lines.Data[i]);

            // Ink that the block did not give off.
            ink *= grain.Tooth(x * 0.8f, y * 0.8f) > 0.62f ? 0.25f : 1;
            return Vector3.Lerp(Tints.Hex(0xF1E7D0), Tints.Hex(0x17130F), ink);
        });
    }
}
