using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Oil: three layers of bristle strokes from broad to fine over a toned ground, the finer ones only where the picture has detail, lit
/// from the side (Hertzmann 1998 for the layers; Hertzmann, "Fast paint texture", NPAR 2002 for the relief).
/// </summary>
internal sealed class OilStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Oil;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flow = canvas.Flow(4);
        var target = canvas.Abstracted(3.5f);
        canvas.Report(0.3);
        var broad = canvas.Blurred(target, 3);
        var paint = new StrokeCanvas(canvas.Paint((_, _, i) => Vector3.Lerp(broad.At(i), Tints.Hex(0x8A6A48), 0.25f)));
        var random = canvas.Random("oil");
        var detail = Detail(canvas, target);
        Layer(canvas, paint, broad, flow, random, 11, 38, 9.5f, null, 0.26f);
        canvas.Report(0.5);
        Layer(canvas, paint, target, flow, random, 6, 24, 5.4f, detail.Map(d => 0.3f + d, canvas.Token), 0.2f);
        Layer(canvas, paint, target, flow, random, 3.5f, 13, 3.3f, detail, 0.15f);
        Layer(canvas, paint, canvas.Colors, flow, random, 1.8f, 6, 2.1f, detail.Map(d => (d * 1.4f) - 0.8f, canvas.Token), 0.1f);
        canvas.Report(0.9);
        var light = paint.Light(0.55f, canvas.Token);
        var linen = new PaperTexture(canvas.Random("linen"), canvas.Units(2.6f));
        return canvas.Paint((x, y, i) =>
        {
            var color = Tints.Saturate(paint.Colors.At(i), 1.12f);
            var shade = light.Data[i] * (1 + (0.025f * (1 - paint.Relief.Data[i]) * linen.Weave(x, y)));
            var shine = Math.Max(0, light.Data[i] - 1.12f) * 0.5f;
            return (color * shade) + new Vector3(shine);
        });
    }

    private static void Layer(
        StyleCanvas canvas, StrokeCanvas paint, ColorPlanes target, FlowField flow, SeededRandom random,
        float halfWidth, float halfLength, float spacing, Plane? wanted, float tolerance)
    {
        var layer = new StrokeLayer(
            canvas.Units(halfWidth), canvas.Units(halfLength), canvas.Units(spacing, 1), tolerance, CalmSize: canvas.Units(130));
        var strokes = StrokePlanner.Plan(
            target, flow, layer, random, wanted, (color, chance) => color * chance.Range(0.95f, 1.05f), canvas.Token);
        paint.Paint(strokes, new Brush(0.97f, 0.6f, 0.3f, 0.3f, Shading: 0.16f), canvas.Token);
    }

    // Where broad strokes would lose what the picture shows, 0–1.
    private static Plane Detail(StyleCanvas canvas, ColorPlanes target)
    {
        var coarse = canvas.Blurred(target, 5);
        var lost = canvas.Map((_, _, i) => Vector3.Distance(target.At(i), coarse.At(i)));
        return canvas.Blurred(lost, 2).Map(value => Math.Clamp((value - 0.015f) * 14, 0, 1), canvas.Token);
    }
}
