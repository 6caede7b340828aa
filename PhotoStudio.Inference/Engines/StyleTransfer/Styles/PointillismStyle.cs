using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Pointillism: layers of round dots at a distance from each other, from large to small, whose colours scatter around the picture's own
/// towards pure hues and the complement, as the divisionists laid them.
/// </summary>
internal sealed class PointillismStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Pointillism;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var soft = canvas.Blurred(canvas.Colors, 1.8f);
        var flow = canvas.Flow(3);
        var paint = new StrokeCanvas(canvas.Paint((_, _, i) => Vector3.Lerp(Tints.Hex(0xE6D9BE), soft.At(i), 0.45f + (0.45f * (1 - Tints.Luma(soft.At(i)))))));
        var random = canvas.Random("dots");
        canvas.Report(0.2);
        Dots(canvas, paint, soft, random, 5.2f, _ => 0.95f);
        canvas.Report(0.45);
        Dots(canvas, paint, soft, random, 3.8f, _ => 0.8f);
        canvas.Report(0.7);
        Dots(canvas, paint, canvas.Blurred(canvas.Colors, 0.8f), random, 2.3f, i => Math.Clamp(flow.Energy.Data[i] * 26, 0, 0.95f));
        canvas.Report(0.9);
        var light = paint.Light(0.3f, canvas.Token);
        return canvas.Paint((_, _, i) => paint.Colors.At(i) * light.Data[i]);
    }

    private static void Dots(
        StyleCanvas canvas, StrokeCanvas paint, ColorPlanes target, SeededRandom random, float radius, Func<int, float> wanted)
    {
        var size = canvas.Units(radius, 1.1f);
        var distance = size * 1.45f;
        var places = PoissonDiscs.Scatter(canvas.Width, canvas.Height, (_, _) => distance, distance, random, canvas.Token);
        var dots = new List<BrushStroke>(places.Count);
        foreach (var (x, y) in places)
        {
            var at = ((int)y * canvas.Width) + (int)x;
            if (random.Unit() > wanted(at)) continue;
            var color = Divide(target.At(at), random);
            var own = size * random.Range(0.8f, 1.15f);
            dots.Add(new(x, y, random.Range(0, MathF.PI), 0, own, own * random.Range(0.85f, 1), color.X, color.Y, color.Z, random.Next()));
        }

        paint.Paint(dots, new Brush(0.97f, 0.3f, 0, 0.25f, Round: true, Shading: 0.08f), canvas.Token);
    }

    // On average the colour itself; single dots are purer, lighter, darker, or turned in hue.
    private static Vector3 Divide(Vector3 color, SeededRandom random)
    {
        var lab = Palettes.ToOklab(color);
        var chroma = MathF.Sqrt((lab.Y * lab.Y) + (lab.Z * lab.Z));
        var hue = MathF.Atan2(lab.Z, lab.Y) + (0.4f * random.Normal());
        if (random.Chance(0.07f)) hue += MathF.PI;
        if (chroma < 0.02f) hue = random.Chance(0.5f) ? -1.6f + (0.4f * random.Normal()) : 1.1f + (0.4f * random.Normal());
        chroma = Math.Min(0.24f, (chroma * random.Range(1.0f, 1.5f)) + 0.022f);
        var lightness = Math.Clamp(lab.X + (0.042f * random.Normal()) + 0.015f, 0.12f, 0.98f);
        var (sin, cos) = MathF.SinCos(hue);
        return Palettes.ToSrgb(new(lightness, chroma * cos, chroma * sin));
    }
}
