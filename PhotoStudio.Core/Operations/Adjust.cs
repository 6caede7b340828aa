namespace PhotoStudio.Core.Operations;

/// <summary>Changes light, colour and sharpness of a picture.</summary>
public sealed class Adjust : Operation
{
    /// <summary>Stops of light.</summary>
    public static readonly NumberParameter Exposure =
        new("exposure", "Stops of light, -5 to 5: each doubles or halves it.", -5, 5) { Default = 0 };

    /// <summary>Contrast.</summary>
    public static readonly NumberParameter Contrast =
        Slider("contrast", "Contrast around the middle of the tones, -100 to 100; black and white stay.");

    /// <summary>Bright tones.</summary>
    public static readonly NumberParameter Highlights =
        Slider("highlights", "Lightness of the bright tones, -100 to 100; black and white stay.");

    /// <summary>Dark tones.</summary>
    public static readonly NumberParameter Shadows = Slider("shadows", "Lightness of the dark tones, -100 to 100; black and white stay.");

    /// <summary>Strength of all colours.</summary>
    public static readonly NumberParameter Saturation =
        Slider("saturation", "Strength of all colours, -100 (gray) to 100 (twice as strong).");

    /// <summary>Strength of muted colours.</summary>
    public static readonly NumberParameter Vibrance =
        Slider("vibrance", "Strength of the muted colours, -100 to 100; strong ones change little.");

    /// <summary>Warmth.</summary>
    public static readonly NumberParameter Temperature =
        Slider("temperature", "Colour of the light, -100 (colder, blue) to 100 (warmer, orange).");

    /// <summary>Green or magenta.</summary>
    public static readonly NumberParameter Tint = Slider("tint", "Colour of the light, -100 (green) to 100 (magenta).");

    /// <summary>Sharpening.</summary>
    public static readonly NumberParameter Sharpness =
        new("sharpness", "How much fine detail is sharpened, 0 to 100.", 0, 100) { Default = 0 };

    /// <summary>Light of the corners.</summary>
    public static readonly NumberParameter Vignette =
        Slider("vignette", "Light of the corners: 100 takes two stops from them, -100 gives two stops.");

    /// <inheritdoc/>
    public override string Name => "adjust";

    /// <inheritdoc/>
    public override string Title => "Adjust";

    /// <inheritdoc/>
    public override string Description =>
        "Changes light, colour and sharpness: light in linear sRGB, tones and colours in Oklab. "
        + "Gray pictures stay gray, and with nothing to change the pixels stay as they are. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        Exposure, Contrast, Highlights, Shadows, Saturation, Vibrance, Temperature, Tint, Sharpness, Vignette, .. OutputParameters.All,
    ];

    /// <inheritdoc/>
    public override bool KeepsAnimation => true;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);

    private static NumberParameter Slider(string name, string description) => new(name, description, -100, 100) { Default = 0 };
}
