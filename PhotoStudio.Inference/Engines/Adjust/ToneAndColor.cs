using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Adjust;

/// <summary>
/// Light, tones and colours of a picture. Light is multiplied in linear sRGB; tones are curves over the lightness of Oklab (Ottosson, "A
/// perceptual color space for image processing", 2020), each rising everywhere and keeping black and white; the colour's strength is its
/// chroma there. What leaves the range of sRGB is cut off at the end.
/// </summary>
internal sealed class ToneAndColor
{
    // How far the strongest setting goes. Below 1 every tone curve rises; the gains are in stops.
    private const float ToneStrength = 0.9f;
    private const float TemperatureStops = 0.4f, TintStops = 0.3f, VignetteStops = 2;

    // Chroma in Oklab from which a colour counts as strong; the strongest of sRGB has 0.32.
    private const float StrongChroma = 0.2f;

    private const int Steps = 65_535;
    private static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(level => (float)SrgbCurve.ToLinear(level / 255.0))];
    private static readonly byte[] Encoded =
        [.. Enumerable.Range(0, Steps + 1).Select(step => (byte)Math.Round(SrgbCurve.FromLinear(step / (double)Steps) * 255))];

    private readonly AdjustSettings settings;
    private readonly float redGain;
    private readonly float greenGain;
    private readonly float blueGain;

    private ToneAndColor(AdjustSettings settings)
    {
        this.settings = settings;
        float red = float.Exp2(TemperatureStops * settings.Temperature), blue = 1 / red, green = float.Exp2(-TintStops * settings.Tint);

        // A change of colour leaves the luminance of white as it is (Rec. 709 weights).
        var gain = float.Exp2(settings.Exposure) / ((0.2126f * red) + (0.7152f * green) + (0.0722f * blue));
        (redGain, greenGain, blueGain) = (red * gain, green * gain, blue * gain);
        if (settings.Temperature == 0 && settings.Tint == 0) redGain = greenGain = blueGain = float.Exp2(settings.Exposure);
    }

    /// <summary>Gives the picture other light, tones and colours where it lies; alpha and size stay.</summary>
    public static void Apply(Picture picture, AdjustSettings settings, CancellationToken cancellationToken)
    {
        var adjustment = new ToneAndColor(settings);
        var across = Falloff(picture.Width, picture, settings.Vignette);
        var along = Falloff(picture.Height, picture, settings.Vignette);
        RowBands.Run(
            picture.Height,
            (first, end) =>
            {
                var padded = (picture.Width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
                float[] red = new float[padded], green = new float[padded], blue = new float[padded];
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Read(picture.Row(y), picture.Channels, red, green, blue);
                    adjustment.Light(red, green, blue, across, along[y]);
                    if (settings.ChangesTones) adjustment.Tones(red, green, blue);
                    Write(red, green, blue, picture.Row(y), picture.Channels);
                }
            },
            cancellationToken);
    }

    /// <summary>
    /// The factor of the vignette by column or row: the product of both is 2 to the power of the stops, which grow with the square of the
    /// distance from the centre and are all there in the corners.
    /// </summary>
    private static float[] Falloff(int length, Picture picture, float vignette)
    {
        var factors = new float[(length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count];
        Array.Fill(factors, 1);
        if (vignette == 0) return factors;

        var corner = ((picture.Width * (double)picture.Width) + (picture.Height * (double)picture.Height)) / 4;
        for (var i = 0; i < length; i++)
        {
            var distance = i + 0.5 - (length / 2.0);
            factors[i] = (float)double.Exp2(-VignetteStops * vignette * distance * distance / corner);
        }

        return factors;
    }

    private static void Read(ReadOnlySpan<byte> row, int channels, float[] red, float[] green, float[] blue)
    {
        var gray = channels <= 2;
        for (int x = 0, at = 0; at < row.Length; x++, at += channels)
        {
            red[x] = Linear[row[at]];
            green[x] = gray ? red[x] : Linear[row[at + 1]];
            blue[x] = gray ? red[x] : Linear[row[at + 2]];
        }
    }

    private static void Write(float[] red, float[] green, float[] blue, Span<byte> row, int channels)
    {
        for (int x = 0, at = 0; at < row.Length; x++, at += channels)
        {
            row[at] = Encode(red[x]);
            if (channels >= 3) (row[at + 1], row[at + 2]) = (Encode(green[x]), Encode(blue[x]));
        }
    }

    private static byte Encode(float linear) => Encoded[(int)((Math.Clamp(linear, 0, 1) * Steps) + 0.5f)];

    private void Light(float[] red, float[] green, float[] blue, float[] across, float along)
    {
        for (var x = 0; x < red.Length; x += Vector<float>.Count)
        {
            var factor = new Vector<float>(across, x) * along;
            (new Vector<float>(red, x) * factor * redGain).CopyTo(red, x);
            (new Vector<float>(green, x) * factor * greenGain).CopyTo(green, x);
            (new Vector<float>(blue, x) * factor * blueGain).CopyTo(blue, x);
        }
    }

    private void Tones(float[] red, float[] green, float[] blue)
    {
        for (var x = 0; x < red.Length; x += Vector<float>.Count)
        {
            Vector<float> r = new(red, x), g = new(green, x), b = new(blue, x);
            var l = CubeRoot((r * 0.4122214708f) + (g * 0.5363325363f) + (b * 0.0514459929f));
            var m = CubeRoot((r * 0.2119034982f) + (g * 0.6806995451f) + (b * 0.1073969566f));
            var s = CubeRoot((r * 0.0883024619f) + (g * 0.2817188376f) + (b * 0.6299787005f));
            var lightness = (l * 0.2104542553f) + (m * 0.7936177850f) - (s * 0.0040720468f);
            var greenRed = (l * 1.9779984951f) - (m * 2.4285922050f) + (s * 0.4505937099f);
            var blueYellow = (l * 0.0259040371f) + (m * 0.7827717662f) - (s * 0.8086757660f);

            // Scaling all three is the same as scaling the light, so a tone curve changes neither hue nor saturation.
            var scale = ToneScale(lightness);
            var strength = scale * ChromaScale(greenRed, blueYellow);
            lightness *= scale;
            greenRed *= strength;
            blueYellow *= strength;

            l = Cube(lightness + (greenRed * 0.3963377774f) + (blueYellow * 0.2158037573f));
            m = Cube(lightness - (greenRed * 0.1055613458f) - (blueYellow * 0.0638541728f));
            s = Cube(lightness - (greenRed * 0.0894841775f) - (blueYellow * 1.2914855480f));
            ((l * 4.0767416621f) - (m * 3.3077115913f) + (s * 0.2309699292f)).CopyTo(red, x);
            ((m * 2.6097574011f) - (l * 1.2684380046f) - (s * 0.3413193965f)).CopyTo(green, x);
            ((s * 1.7076147010f) - (l * 0.0041960863f) - (m * 0.7034186147f)).CopyTo(blue, x);
        }
    }

    /// <summary>The lightness behind the curves over the one before them; 1 for black and for what is brighter than white.</summary>
    private Vector<float> ToneScale(Vector<float> lightness)
    {
        var one = Vector<float>.One;
        var before = Vector.Min(Vector.Max(lightness, new Vector<float>(1e-4f)), one);
        var t = before;
        var rest = one - t;

        // The slopes of the three terms stay above −1 / ToneStrength, so that every curve rises.
        t += t * rest * rest * rest * (ToneStrength * settings.Shadows);
        rest = one - t;
        t += t * t * t * rest * (ToneStrength * settings.Highlights);
        rest = one - t;
        t += t * rest * (t - rest) * (ToneStrength * settings.Contrast);
        return t / before;
    }

    private Vector<float> ChromaScale(Vector<float> greenRed, Vector<float> blueYellow)
    {
        var chroma = Vector.SquareRoot((greenRed * greenRed) + (blueYellow * blueYellow));
        var muted = Vector<float>.One - Vector.Min(chroma * (1 / StrongChroma), Vector<float>.One);
        return (Vector<float>.One + (muted * settings.Vibrance)) * (1 + settings.Saturation);
    }

    private static Vector<float> Cube(Vector<float> value) => value * value * value;

    /// <summary>The cube root of values of at least 0: an estimate from the exponent, then Halley's method twice.</summary>
    private static Vector<float> CubeRoot(Vector<float> value)
    {
        value = Vector.Max(value, new Vector<float>(1e-12f));
        var bits = Vector.ConvertToInt32(Vector.ConvertToSingle(Vector.AsVectorInt32(value)) * (1 / 3f)) + new Vector<int>(0x2A514067);
        var root = Vector.AsVectorSingle(bits);
        for (var i = 0; i < 2; i++)
        {
            var cube = Cube(root);
            root *= (cube + value + value) / (cube + cube + value);
        }

        return root;
    }
}
