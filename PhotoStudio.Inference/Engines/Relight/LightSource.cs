using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using RelightOperation = PhotoStudio.Core.Operations.Relight;

namespace PhotoStudio.Inference.Engines.Relight;

/// <summary>A light.</summary>
/// <param name="X">To the right, of the unit vector towards the light.</param>
/// <param name="Y">Upwards.</param>
/// <param name="Z">Towards the camera.</param>
/// <param name="Red">Linear red; the colour's luminance is 1.</param>
/// <param name="Green">Linear green.</param>
/// <param name="Blue">Linear blue.</param>
/// <param name="Intensity">How strong it is, from 0; 1 with the usual ambient light keeps a picture about as bright as it was.</param>
/// <param name="Ambient">How much of the light there was stays, 0–1.</param>
internal readonly record struct LightSource(
    float X, float Y, float Z, float Red, float Green, float Blue, float Intensity, float Ambient)
{
    /// <summary>Whether it has no colour.</summary>
    public bool IsWhite => Math.Abs(Red - Green) < 1e-4f && Math.Abs(Blue - Green) < 1e-4f;

    /// <summary>The light that a run's parameters ask for.</summary>
    public static LightSource From(OperationParameters parameters)
    {
        var named = Named(parameters.Get(RelightOperation.Light));
        var direction = parameters.Get(RelightOperation.Direction);
        var azimuth = (parameters.Find(RelightOperation.Azimuth) ?? Angle(direction)) * Math.PI / 180;
        var front = direction == LightDirection.Front && parameters.Find(RelightOperation.Azimuth) is null;
        var elevation = (parameters.Find(RelightOperation.Elevation) ?? (front ? 90 : named.Elevation)) * Math.PI / 180;
        return Of(
            azimuth,
            elevation,
            parameters.Find(RelightOperation.Color) ?? named.Color,
            parameters.Find(RelightOperation.Intensity) ?? named.Intensity,
            parameters.Find(RelightOperation.Ambient) ?? named.Ambient);
    }

    /// <summary>A light from a direction; angles in radians.</summary>
    public static LightSource Of(double azimuth, double elevation, RgbaColor color, double intensity, double ambient)
    {
        double red = SrgbCurve.ToLinear(color.Red / 255.0), green = SrgbCurve.ToLinear(color.Green / 255.0), blue = SrgbCurve.ToLinear(color.Blue / 255.0);

        // Black light is taken for dim white: how strong the light is says the intensity. A little white keeps strong colours from
        // turning everything else black.
        const double White = 0.02;
        (red, green, blue) = (red + White, green + White, blue + White);
        var luminance = (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
        var flat = Math.Cos(elevation);
        return new(
            (float)(flat * Math.Cos(azimuth)),
            (float)(flat * Math.Sin(azimuth)),
            (float)Math.Sin(elevation),
            (float)(red / luminance),
            (float)(green / luminance),
            (float)(blue / luminance),
            (float)intensity,
            (float)ambient);
    }

    private static double Angle(LightDirection direction) => direction switch
    {
        LightDirection.Right or LightDirection.Front => 0,
        LightDirection.TopRight => 45,
        LightDirection.Top => 90,
        LightDirection.TopLeft => 135,
        LightDirection.Left => 180,
        LightDirection.BottomLeft => 225,
        LightDirection.Bottom => 270,
        LightDirection.BottomRight => 315,
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "No such direction."),
    };

    private static (RgbaColor Color, double Intensity, double Ambient, double Elevation) Named(LightKind kind) => kind switch
    {
        LightKind.Neutral => (new(255, 255, 255), 1, 0.35, 30),
        LightKind.Daylight => (new(255, 250, 240), 1.1, 0.5, 55),
        LightKind.GoldenHour => (new(255, 205, 140), 1.1, 0.4, 20),
        LightKind.Sunset => (new(255, 165, 105), 1.05, 0.3, 12),
        LightKind.Moonlight => (new(165, 190, 255), 0.55, 0.2, 40),
        LightKind.Studio => (new(255, 255, 255), 0.9, 0.6, 60),
        LightKind.Candle => (new(255, 185, 110), 0.8, 0.15, 30),
        LightKind.Neon => (new(255, 90, 220), 0.9, 0.25, 25),
        LightKind.Overcast => (new(235, 242, 255), 0.7, 0.75, 75),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such light."),
    };
}
