using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Brings the colours of a painted picture to a palette. Lightness is kept or follows a scale of inks, so that the drawing stays.</summary>
internal static class PalettePainter
{
    private static readonly Vector3[] Sepia = [Tints.Hex(0x1E120A), Tints.Hex(0x6B4526), Tints.Hex(0xC49A6C), Tints.Hex(0xF6E9D2)];
    private static readonly Vector3[] Mono = [Tints.Hex(0x0B0B0C), Tints.Hex(0xF7F6F3)];
    private static readonly Vector3[] Sunset = [Tints.Hex(0x1B1040), Tints.Hex(0x7A1F6B), Tints.Hex(0xE2503F), Tints.Hex(0xFFB347), Tints.Hex(0xFFF3C4)];
    private static readonly Vector3[] Forest = [Tints.Hex(0x081C15), Tints.Hex(0x1F5135), Tints.Hex(0x74A057), Tints.Hex(0xF2EFC7)];
    private static readonly Vector3[] Ice = [Tints.Hex(0x050914), Tints.Hex(0x143C78), Tints.Hex(0x5FA8D8), Tints.Hex(0xF2FBFF)];

    /// <summary>The colours in the palette.</summary>
    /// <param name="colors">sRGB, 0–1; values beyond are cut off.</param>
    /// <param name="palette">Which palette.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ColorPlanes Apply(ColorPlanes colors, StylePalette palette, CancellationToken cancellationToken)
    {
        if (palette == StylePalette.Own) return colors;
        var result = new ColorPlanes(colors.Width, colors.Height);
        RowBands.Run(
            colors.Height,
            (first, end) =>
            {
                for (var i = first * colors.Width; i < end * colors.Width; i++)
                {
                    if (i % colors.Width == 0) cancellationToken.ThrowIfCancellationRequested();
                    var color = Tints.Clamp(Map(Tints.Clamp(colors.At(i)), palette));
                    (result.C0.Data[i], result.C1.Data[i], result.C2.Data[i]) = (color.X, color.Y, color.Z);
                }
            },
            cancellationToken);
        return result;
    }

    private static Vector3 Map(Vector3 color, StylePalette palette) => palette switch
    {
        StylePalette.Warm => (color * new Vector3(1.04f, 0.97f, 0.74f)) + new Vector3(0.07f, 0.03f, -0.01f),
        StylePalette.Cool => (color * new Vector3(0.78f, 0.96f, 1.02f)) + new Vector3(-0.01f, 0.02f, 0.09f),
        StylePalette.Vivid => Tints.Saturate(Contrast(color, 1.18f), 1.7f),
        StylePalette.Muted => (Tints.Saturate(color, 0.38f) * 0.86f) + new Vector3(0.07f, 0.07f, 0.075f),
        StylePalette.Pastel => (Tints.Saturate(color, 0.75f) * 0.56f) + new Vector3(0.42f, 0.4f, 0.42f),
        StylePalette.Dark => color * (0.22f + (0.62f * Tints.Smooth(0.25f, 1, Tints.Luma(color)))),
        StylePalette.Sepia => Scale(Sepia, color),
        StylePalette.Mono => Scale(Mono, color),
        StylePalette.Sunset => Scale(Sunset, color),
        StylePalette.Forest => Scale(Forest, color),
        StylePalette.Ice => Scale(Ice, color),
        _ => throw new ArgumentOutOfRangeException(nameof(palette), palette, null),
    };

    private static Vector3 Contrast(Vector3 color, float factor) => ((color - new Vector3(0.5f)) * factor) + new Vector3(0.5f);

    private static Vector3 Scale(Vector3[] inks, Vector3 color)
    {
        var place = Math.Clamp(Tints.Luma(color), 0, 1) * (inks.Length - 1);
        var below = Math.Min((int)place, inks.Length - 2);
        return Vector3.Lerp(inks[below], inks[below + 1], place - below);
    }
}
