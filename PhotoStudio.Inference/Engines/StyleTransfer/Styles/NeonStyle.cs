using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Neon: contours as thin glowing tubes in the dark, their colour after the picture's own hue, with light on the walls around them.
/// </summary>
internal sealed class NeonStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Neon;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var soft = canvas.Abstracted(4);
        canvas.Report(0.4);
        var contours = canvas.Contours(1.3f, 7, 20, 12);
        var hues = canvas.Blurred(soft, 3);
        var drift = canvas.Noise("hue");
        var far = 1 / canvas.Units(420);
        var tubes = canvas.Paint((x, y, i) => Tube(hues.At(i), drift.At(x * far, y * far)) * (1 - contours.Data[i]));
        canvas.Report(0.7);
        var near = canvas.Blurred(tubes, 4.5f);
        var wide = canvas.Blurred(tubes, 22);
        return canvas.Paint((_, _, i) =>
        {
            var wall = (soft.At(i) * soft.At(i) * new Vector3(0.14f, 0.11f, 0.24f)) + Tints.Hex(0x07060F);
            var core = 1 - contours.Data[i];
            var light = (tubes.At(i) * 0.85f) + new Vector3(0.5f * core * core) + (near.At(i) * 1.15f) + (wide.At(i) * 1.1f);
            return Vector3.One - ((Vector3.One - Tints.Clamp(wall)) * new Vector3(MathF.Exp(-light.X), MathF.Exp(-light.Y), MathF.Exp(-light.Z)) * 1.0f);
        });
    }

    private static Vector3 Tube(Vector3 color, float drift)
    {
        var lab = Palettes.ToOklab(color);
        var chroma = MathF.Sqrt((lab.Y * lab.Y) + (lab.Z * lab.Z));

        // Gray parts take their hue from where they are: from cyan over violet to pink.
        var own = MathF.Atan2(lab.Z, lab.Y);
        var ambient = -1.35f + (1.7f * drift);
        var hue = chroma > 0.045f ? own : ambient;
        var (sin, cos) = MathF.SinCos(hue);
        return Palettes.ToSrgb(new(0.74f, 0.22f * cos, 0.22f * sin));
    }
}
