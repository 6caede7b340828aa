namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Conversion of sRGB (IEC 61966-2-1, D65) to CIE 1976 L*a*b*: L is 0–100, a and b are about −110 to 110;
/// a distance of 1 is about one just noticeable difference.
/// </summary>
public static class CieLab
{
    private const int CubeRootSteps = 4096;
    private static readonly float[] CubeRoot = MakeCubeRoot();
    private static readonly float[] Linear = MakeLinear();

    /// <summary>Linear light, 0–1, of an sRGB sample, 0–255.</summary>
    public static float ToLinear(byte sample) => Linear[sample];

    /// <summary>L, a and b of an sRGB colour whose samples are 0–1; values outside are clamped.</summary>
    public static (float L, float A, float B) FromSrgb(float red, float green, float blue)
    {
        float r = Decode(red), g = Decode(green), b = Decode(blue);
        var fx = F(((0.4124564f * r) + (0.3575761f * g) + (0.1804375f * b)) / 0.95047f);
        var fy = F((0.2126729f * r) + (0.7151522f * g) + (0.0721750f * b));
        var fz = F(((0.0193339f * r) + (0.1191920f * g) + (0.9503041f * b)) / 1.08883f);
        return ((116 * fy) - 16, 500 * (fx - fy), 200 * (fy - fz));
    }

    /// <summary>L, a and b planes of a picture's colours.</summary>
    public static ColorPlanes FromSrgb(ColorPlanes rgb, CancellationToken cancellationToken = default)
    {
        var lab = new ColorPlanes(rgb.Width, rgb.Height);
        RowBands.Run(rgb.Height, (first, end) =>
        {
            for (var i = first * rgb.Width; i < end * rgb.Width; i++)
                (lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]) = FromSrgb(rgb.C0.Data[i], rgb.C1.Data[i], rgb.C2.Data[i]);
        }, cancellationToken);
        return lab;
    }

    private static float Decode(float sample)
    {
        var position = Math.Clamp(sample, 0f, 1f) * 255f;
        var index = Math.Min((int)position, 254);
        return Linear[index] + ((position - index) * (Linear[index + 1] - Linear[index]));
    }

    private static float F(float t)
    {
        var position = Math.Clamp(t, 0f, 1f) * CubeRootSteps;
        var index = Math.Min((int)position, CubeRootSteps - 1);
        return CubeRoot[index] + ((position - index) * (CubeRoot[index + 1] - CubeRoot[index]));
    }

    private static float[] MakeLinear()
    {
        var table = new float[256];
        for (var i = 0; i < 256; i++)
        {
            var c = i / 255.0;
            table[i] = (float)(c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4));
        }

        return table;
    }

    private static float[] MakeCubeRoot()
    {
        var table = new float[CubeRootSteps + 1];
        for (var i = 0; i <= CubeRootSteps; i++)
        {
            var t = (double)i / CubeRootSteps;
            table[i] = (float)(t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116);
        }

        return table;
    }
}
