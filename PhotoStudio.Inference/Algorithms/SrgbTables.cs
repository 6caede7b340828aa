using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>The transfer curve of sRGB on floats by tables with linear interpolation; the error is below a tenth of an 8-bit level.</summary>
public static class SrgbTables
{
    private const int Steps = 4_096;
    private static readonly float[] Linear = Table(SrgbCurve.ToLinear);

    // Over the square root of the light, where the curve is nearly straight.
    private static readonly float[] Encoded = Table(root => SrgbCurve.FromLinear(root * root));

    /// <summary>Linear light of an sRGB value; both 0–1, values outside are clamped.</summary>
    public static float ToLinear(float encoded) => Read(Linear, encoded);

    /// <summary>The sRGB value of linear light; both 0–1, values outside are clamped.</summary>
    public static float FromLinear(float linear) => Read(Encoded, MathF.Sqrt(Math.Max(linear, 0)));

    private static float Read(float[] table, float value)
    {
        var position = Math.Clamp(value, 0f, 1f) * Steps;
        var index = Math.Min((int)position, Steps - 1);
        return table[index] + ((position - index) * (table[index + 1] - table[index]));
    }

    private static float[] Table(Func<double, double> curve) =>
        [.. Enumerable.Range(0, Steps + 1).Select(step => (float)curve(step / (double)Steps))];
}
