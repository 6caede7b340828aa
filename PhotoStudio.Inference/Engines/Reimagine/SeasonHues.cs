using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.StyleTransfer;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>Leaves and grass in another season: what is green in Oklab gets the season's hues, the rest stays.</summary>
internal static class SeasonHues
{
    /// <summary>The colours in a season.</summary>
    public static ColorPlanes Apply(StyleCanvas canvas, Season season, float amount)
    {
        if (season == Season.AsIs) return canvas.Colors;
        var noise = canvas.Noise("leaves");
        var size = 1 / canvas.Units(38);
        return canvas.Paint((x, y, i) =>
        {
            var lab = Palettes.ToOklab(canvas.Colors.At(i));
            var chroma = MathF.Sqrt((lab.Y * lab.Y) + (lab.Z * lab.Z));
            var degrees = MathF.Atan2(lab.Z, lab.Y) * 180 / MathF.PI;
            var green = amount * Tints.Smooth(82, 100, degrees) * Tints.Smooth(172, 150, degrees) * Tints.Smooth(0.015f, 0.05f, chroma);
            var (hue, strength, light) = Leaves(season, degrees, noise.Fractal(x * size, y * size, 3));
            var turned = degrees + (green * (hue - degrees));
            chroma *= 1 + (green * (strength - 1));
            var (sin, cos) = MathF.SinCos(turned * MathF.PI / 180);
            return Palettes.ToSrgb(new(Math.Clamp(lab.X + (green * light), 0, 1), chroma * cos, chroma * sin));
        });

        static (float Hue, float Chroma, float Light) Leaves(Season season, float degrees, float leaf) => season switch
        {
            Reimagine.Season.Spring => (degrees + 6, 1.25f, 0.05f),
            Reimagine.Season.Summer => (degrees + 3, 1.3f, -0.02f),
            Reimagine.Season.Autumn => (62 + (34 * leaf), 1.55f, 0.02f + (0.03f * leaf)),
            Reimagine.Season.Winter => (230, 0.22f, 0.16f + (0.06f * leaf)),
            _ => (degrees, 1, 0),
        };
    }
}
