namespace PhotoStudio.Imaging;

/// <summary>The transfer curve of sRGB (IEC 61966-2-1), on values 0–1 and on bytes.</summary>
public static class SrgbCurve
{
    /// <summary>Linear light as a byte, by the sRGB byte.</summary>
    public static IReadOnlyList<byte> ToLinear8 { get; } = Table(ToLinear);

    /// <summary>The sRGB byte, by linear light as a byte.</summary>
    public static IReadOnlyList<byte> FromLinear8 { get; } = Table(FromLinear);

    /// <summary>Linear light, 0–1, of an sRGB value, 0–1.</summary>
    public static double ToLinear(double encoded) => encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);

    /// <summary>The sRGB value, 0–1, of linear light, 0–1.</summary>
    public static double FromLinear(double linear) => linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    private static byte[] Table(Func<double, double> curve)
    {
        var table = new byte[256];
        for (var i = 0; i < table.Length; i++) table[i] = (byte)Math.Round(curve(i / 255.0) * 255);
        return table;
    }
}
