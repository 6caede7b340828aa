using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Impressionism: short touches whose colours differ from each other and lean to the complement in the shade, over a warm ground that
/// shows between them (Litwinowicz 1997).
/// </summary>
internal sealed class ImpressionistStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Impressionist;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flow = canvas.Flow(5);
        var soft = canvas.Blurred(canvas.Colors, 2.2f);
        var paint = new StrokeCanvas(canvas.Paint((_, _, i) => Vector3.Lerp(soft.At(i), Tints.Hex(0xC79A62), 0.5f)));
        var random = canvas.Random("impressionist");
        canvas.Report(0.2);
        Layer(canvas, paint, canvas.Blurred(canvas.Colors, 4), flow, random, 9, 20, 9, null);
        canvas.Report(0.4);
        Layer(canvas, paint, soft, flow, random, 5.6f, 13, 6, null);
        canvas.Report(0.6);
        var edges = canvas.Blurred(canvas.Map((_, _, i) => Math.Clamp((flow.Energy.Data[i] * 16) - 0.4f, 0, 0.9f)), 1.5f);
        Layer(canvas, paint, canvas.Blurred(canvas.Colors, 0.9f), flow, random, 3, 8, 3.4f, edges);
        canvas.Report(0.8);
        var light = paint.Light(0.5f, canvas.Token);
        return canvas.Paint((_, _, i) => Tints.Saturate(paint.Colors.At(i), 1.06f) * light.Data[i] * 1.03f);
    }

    private static void Layer(
        StyleCanvas canvas, StrokeCanvas paint, ColorPlanes target, FlowField flow, SeededRandom random,
        float halfWidth, float halfLength, float spacing, Plane? wanted)
    {
        var layer = new StrokeLayer(
            canvas.Units(halfWidth, 0.8f), canvas.Units(halfLength, 1.2f), canvas.Units(spacing, 1), 0.22f, 0.3f, 0.5f, 2.2f, canvas.Units(90));
        var strokes = StrokePlanner.Plan(target, flow, layer, random, wanted, Broken, canvas.Token);
        paint.Paint(strokes, new Brush(0.95f, 0.75f, 0.35f, 0.35f, Shading: 0.2f), canvas.Token);
    }

    // The impressionists' palette: violet and blue in shades, yellow in lights, and no two touches alike.
    private static Vector3 Broken(Vector3 color, SeededRandom random)
    {
        var luma = Tints.Luma(color);
        var shade = Math.Max(0, 0.5f - luma);
        color += new Vector3(0.05f, 0.03f, 0.16f) * shade;
        color += new Vector3(0.06f, 0.045f, -0.05f) * Math.Max(0, luma - 0.5f);
        var vivid = Tints.Saturate(color, random.Range(1.0f, 1.42f));
        var jitter = new Vector3(random.Normal(), random.Normal(), random.Normal()) * 0.045f;
        return (vivid + jitter) * random.Range(0.92f, 1.1f);
    }
}
