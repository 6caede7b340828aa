using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Comic: thick outlines, solid blacks, flat bright colours, and shades made of coloured dots on yellowed newsprint.</summary>
internal sealed class ComicStyle : IPictureStyle
{
    /// <summary>Distance of the dots, in units.</summary>
    public const float Period = 9;

    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Comic;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flat = canvas.Abstracted(5, rounds: 2, sharpness: 12);
        canvas.Report(0.6);
        var contours = canvas.Contours(1.7f, 6, 18, 14);
        var tones = canvas.Blurred(canvas.LumaOf(flat), 1);
        canvas.Report(0.85);
        var screen = new Halftone(canvas.Units(Period, 3), 45);
        var paper = new PaperTexture(canvas.Random("newsprint"), canvas.Units(1.8f));
        return canvas.Paint((x, y, i) =>
        {
            var luma = tones.Data[i];
            var color = Flat(flat.At(i));

            // Lights are paper with few dots, middle tones dots on paper, shades dots in a darker ink on the colour.
            var dots = screen.Dot(x, y, Math.Clamp(1.06f - luma, 0, 1) * 0.95f);
            var light = Vector3.Lerp(Vector3.One, color, 0.38f);
            var result = luma > 0.42f
                ? Vector3.Lerp(light, color, dots)
                : Vector3.Lerp(color, color * color * 0.45f, screen.Dot(x, y, Math.Clamp((0.55f - luma) * 1.5f, 0, 0.8f)));
            var ink = Math.Max(1 - contours.Data[i], Tints.Smooth(0.14f, 0.09f, luma));
            result = Vector3.Lerp(result, Tints.Hex(0x15121A), ink);
            return result * (Tints.Hex(0xFBF1DA) + new Vector3(0.015f * paper.Tooth(x, y)));
        });
    }

    // Few brightnesses of a loud colour.
    private static Vector3 Flat(Vector3 color)
    {
        var luma = Math.Clamp(Tints.Luma(color), 0.02f, 1);
        var stepped = Tints.Steps(MathF.Pow(luma, 0.8f), 4, 10);
        return Tints.Clamp(Tints.Saturate(Tints.WithLuma(color, 0.12f + (0.85f * stepped)), 1.75f));
    }
}
