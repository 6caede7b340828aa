using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Soft pastel: hatched chalk strokes in two layers that catch only the tooth of a toned paper.</summary>
internal sealed class PastelStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Pastel;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flow = canvas.Flow(4);
        var target = canvas.Abstracted(3);
        canvas.Report(0.3);
        var sheet = Tints.Hex(0x9A8C7C);
        var paint = new StrokeCanvas(canvas.Paint((_, _, i) => Vector3.Lerp(target.At(i), sheet, 0.55f)));
        var random = canvas.Random("pastel");
        Layer(canvas, paint, target, flow, random, 6, 24, 6, null);
        canvas.Report(0.5);
        Layer(canvas, paint, target, flow, random, 3.2f, 14, 3.6f, null);
        var edges = canvas.Blurred(canvas.Map((_, _, i) => Math.Clamp((flow.Energy.Data[i] * 18) - 0.25f, 0, 1)), 1.5f);
        Layer(canvas, paint, canvas.Colors, flow, random, 1.5f, 6, 1.9f, edges);
        canvas.Report(0.8);
        var tooth = new PaperTexture(canvas.Random("sheet"), canvas.Units(2));
        return canvas.Paint((x, y, i) =>
        {
            // Chalk powder sits on the heights; in the hollows the sheet shows.
            var grain = tooth.Tooth(x, y);
            var caught = Tints.Smooth(-0.8f, 0.0f, grain + (0.25f * (paint.Relief.Data[i] - 0.5f)));
            var chalk = Tints.Saturate(paint.Colors.At(i), 1.22f);
            chalk = Vector3.Lerp(chalk, Vector3.One, 0.09f) * (1 + (0.06f * grain));
            return Vector3.Lerp(Vector3.Lerp(sheet, chalk, 0.6f), chalk, caught);
        });
    }

    private static void Layer(
        StyleCanvas canvas, StrokeCanvas paint, ColorPlanes target, FlowField flow, SeededRandom random,
        float halfWidth, float halfLength, float spacing, Plane? wanted)
    {
        var layer = new StrokeLayer(
            canvas.Units(halfWidth, 0.8f), canvas.Units(halfLength, 1.5f), canvas.Units(spacing, 1), 0.2f, 0.1f, -0.8f, 0.5f, canvas.Units(300));
        var strokes = StrokePlanner.Plan(
            target, flow, layer, random, wanted, (color, chance) => Tints.Saturate(color, chance.Range(0.95f, 1.3f)) * chance.Range(0.94f, 1.08f),
            canvas.Token);
        paint.Paint(strokes, new Brush(0.85f, 0.9f, 0.75f, 0.5f, Shading: 0.1f), canvas.Token);
    }
}
