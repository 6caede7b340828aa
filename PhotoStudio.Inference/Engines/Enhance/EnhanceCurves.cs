using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Enhance;

/// <summary>
/// A diagnosis as tables: one a channel from the sRGB byte to the value without cast and haze, and one from there to the factor that the
/// tone curve gives its luma.
/// </summary>
internal sealed class EnhanceCurves
{
    /// <summary>Weight of red in the luma (Rec. 709).</summary>
    public const float Red = 0.2126f;

    /// <summary>Weight of green.</summary>
    public const float Green = 0.7152f;

    /// <summary>Weight of blue.</summary>
    public const float Blue = 0.0722f;

    private const int Steps = 1_024;
    private const float Brightest = 1.5f;

    // How much of the light above the shoulder an over-exposed picture gives back: all of it would leave the whites gray.
    private const double WhiteLoss = 0.42;

    private readonly float[] scale = new float[Steps + 1];

    public EnhanceCurves(Diagnosis diagnosis)
    {
        var (red, green, blue) = Gains(diagnosis.Cast);
        Channels = [Channel(diagnosis, red), Channel(diagnosis, green), Channel(diagnosis, blue)];
        for (var i = 0; i <= Steps; i++)
        {
            var luma = Math.Max(i * (double)Brightest / Steps, 1e-4);
            scale[i] = (float)(Curve(diagnosis, luma) / luma);
        }
    }

    /// <summary>By channel: the value by the sRGB byte, −0.3 to 3.</summary>
    public float[][] Channels { get; }

    /// <summary>The factors of linear light that take a cast out and keep the luminance of gray.</summary>
    public static (double Red, double Green, double Blue) Gains(LightColor cast)
    {
        double red = Math.Exp(-cast.Red), blue = Math.Exp(-cast.Blue), keep = 1 / ((Red * red) + Green + (Blue * blue));
        return (red * keep, keep, blue * keep);
    }

    /// <summary>The value of a channel between two bytes.</summary>
    /// <param name="channel">0–2: red, green, blue.</param>
    /// <param name="encoded">The sRGB value, 0–1.</param>
    public float Read(int channel, float encoded)
    {
        var position = Math.Clamp(encoded, 0, 1) * 255;
        var index = Math.Min((int)position, 254);
        return Channels[channel][index] + ((position - index) * (Channels[channel][index + 1] - Channels[channel][index]));
    }

    /// <summary>The factor of the tone curve for a luma.</summary>
    public float Scale(float luma)
    {
        var position = Math.Clamp(luma, 0, Brightest) * (Steps / Brightest);
        var index = Math.Min((int)position, Steps - 1);
        return scale[index] + ((position - index) * (scale[index + 1] - scale[index]));
    }

    private static float[] Channel(Diagnosis diagnosis, double gain) =>
        [.. Enumerable.Range(0, 256).Select(level =>
        {
            var value = level / 255.0;
            // Above white the curve of sRGB goes on, so that nothing is lost before the tone curve.
            if (gain != 1) value = SrgbCurve.FromLinear(SrgbCurve.ToLinear(value) * gain);
            return (float)((value - diagnosis.BlackPoint) / (1 - diagnosis.BlackPoint) * diagnosis.Gain);
        })];

    private static double Curve(Diagnosis diagnosis, double luma)
    {
        if (diagnosis.Recovery < 1)
        {
            var white = 1 - (WhiteLoss * (1 - diagnosis.Recovery));
            return (diagnosis.Recovery * luma) + ((white - diagnosis.Recovery) * Math.Pow(Math.Min(luma, 1), 5));
        }

        return diagnosis.Lift < 1 && luma < 1 ? Math.Pow(luma, diagnosis.Lift) : luma;
    }
}
