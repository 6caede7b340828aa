using System.Numerics;
using System.Runtime.CompilerServices;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Small arithmetic on colours, sRGB 0–1.</summary>
internal static class Tints
{
    private static readonly Vector3 LumaWeights = new(0.299f, 0.587f, 0.114f);

    /// <summary>A colour by its hexadecimal digits, such as 0x1B3A6B.</summary>
    public static Vector3 Hex(int rgb) => new(((rgb >> 16) & 255) / 255f, ((rgb >> 8) & 255) / 255f, (rgb & 255) / 255f);

    /// <summary>The pixel of planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 At(this ColorPlanes planes, int i) => new(planes.C0.Data[i], planes.C1.Data[i], planes.C2.Data[i]);

    /// <summary>Brightness by the weights of ITU-R BT.601.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Luma(Vector3 color) => Vector3.Dot(color, LumaWeights);

    /// <summary>The colour with its distance from gray multiplied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Saturate(Vector3 color, float factor)
    {
        var gray = new Vector3(Luma(color));
        return gray + ((color - gray) * factor);
    }

    /// <summary>The colour cut off to 0–1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Clamp(Vector3 color) => Vector3.Clamp(color, Vector3.Zero, Vector3.One);

    /// <summary>0 below the first edge, 1 above the second, smooth between (Hermite).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Smooth(float from, float to, float value)
    {
        var t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>
    /// Watercolour's pigment: more of it darkens a colour without graying it (Bousseau et al., "Interactive watercolor rendering with
    /// temporal coherence and abstraction", NPAR 2006). A density of 1 keeps the colour.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Pigment(Vector3 color, float density) => color - ((color - (color * color)) * (density - 1));

    /// <summary>A value put into steps with soft borders (Winnemöller, Olsen, Gooch, "Real-time video abstraction", SIGGRAPH 2006).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Steps(float value, int count, float sharpness)
    {
        float position = value * count, border = MathF.Round(position);
        return (border + (0.5f * MathF.Tanh(sharpness * (position - border)))) / count;
    }

    /// <summary>The colour with another brightness, its hue kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 WithLuma(Vector3 color, float luma) => color * (luma / Math.Max(Luma(color), 0.02f));
}
