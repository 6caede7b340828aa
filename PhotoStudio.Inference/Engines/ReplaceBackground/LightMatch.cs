using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.ReplaceBackground;

/// <summary>
/// Brings a subject into another scene's light: a gain for each channel in linear light (von Kries), part of the way from the light it
/// was taken in to the new one. Highlights bend instead of clipping.
/// </summary>
internal sealed class LightMatch
{
    // What the whole difference of two scenes counts for, and how far a gain may go.
    private const double ColorShare = 0.7, BrightnessShare = 0.4;
    private const double LeastGain = 0.6, MostGain = 1.7;

    private readonly byte[][] _curves;

    private LightMatch(byte[][] curves) => _curves = curves;

    /// <summary>The correction from one scene's light to another's.</summary>
    /// <param name="from">The light the subject was taken in.</param>
    /// <param name="to">The light it shall appear in.</param>
    /// <param name="strength">0 (none) to 1.</param>
    public static LightMatch Between(SceneLight from, SceneLight to, double strength)
    {
        var brighter = Math.Pow(to.Brightness / from.Brightness, BrightnessShare * strength);
        return new([Curve(to.Red / from.Red), Curve(to.Green / from.Green), Curve(to.Blue / from.Blue)]);

        byte[] Curve(double ratio)
        {
            var gain = Math.Clamp(Math.Pow(ratio, ColorShare * strength) * brighter, LeastGain, MostGain);
            var curve = new byte[256];
            for (var level = 0; level < 256; level++)
            {
                // Slope gain at black, and white stays white.
                var light = SrgbCurve.ToLinear(level / 255.0);
                curve[level] = (byte)Math.Round(255 * SrgbCurve.FromLinear(gain * light / (1 + ((gain - 1) * light))));
            }

            return curve;
        }
    }

    /// <summary>A sample in the new light.</summary>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    /// <param name="value">The sRGB sample.</param>
    public byte Apply(int channel, byte value) => _curves[channel][value];
}
