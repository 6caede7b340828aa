using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Anime: cel shading in three tones with violet shades and warm lights, luminous colours, fine dark lines in the colour beneath, and a
/// glow around the lights.
/// </summary>
internal sealed class AnimeStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Anime;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flat = canvas.Abstracted(4.5f, rounds: 2, sharpness: 10);
        canvas.Report(0.6);
        var lines = canvas.Contours(0.8f, 5, 16, 9);
        var cel = canvas.Paint((_, _, i) => Shade(flat.At(i)));
        canvas.Report(0.8);
        var glow = canvas.Blurred(canvas.Paint((_, _, i) => cel.At(i) * Tints.Smooth(0.62f, 0.98f, Tints.Luma(cel.At(i)))), 16);
        return canvas.Paint((_, y, i) =>
        {
            var color = cel.At(i);
            var line = (1 - lines.Data[i]) * 0.88f;
            color = Vector3.Lerp(color, (color * color * 0.35f) + Tints.Hex(0x1A1028) * 0.4f, line);
            color = Vector3.One - ((Vector3.One - Tints.Clamp(color)) * (Vector3.One - (glow.At(i) * 0.42f)));
            var height = 1 - (y / (float)canvas.Height);
            return color + (new Vector3(0.0f, 0.012f, 0.045f) * height);
        });
    }

    private static Vector3 Shade(Vector3 color)
    {
        var luma = MathF.Pow(Math.Clamp(Tints.Luma(color), 0, 1), 0.72f);
        var stepped = (0.55f * Tints.Steps(luma, 4, 7)) + (0.45f * luma);
        color = Tints.Saturate(Tints.WithLuma(color, stepped), 1.5f);
        var shade = Tints.Smooth(0.55f, 0.1f, stepped);
        color = Vector3.Lerp(color, (color * new Vector3(0.82f, 0.8f, 1.05f)) + (Tints.Hex(0x2A1E58) * 0.3f), shade * 0.75f);
        var light = Tints.Smooth(0.6f, 0.95f, stepped);
        return Tints.Clamp(color + (new Vector3(0.05f, 0.03f, -0.015f) * light));
    }
}
