namespace PhotoStudio.Core.Operations;

/// <summary>Lights a photograph from another side, in another colour.</summary>
public sealed class Relight : Operation
{
    /// <summary>The kind of light.</summary>
    public static readonly ChoiceParameter<LightKind> Light = new(
        "light",
        "A named light with a colour, an intensity, an ambient share and a height of its own; each can be given besides.",
        LightKind.Neutral)
    {
        Aliases = ["preset", "light_type"],
        ChoiceAliases = new Dictionary<string, LightKind>(StringComparer.Ordinal)
        {
            ["golden hour"] = LightKind.GoldenHour,
            ["sunrise"] = LightKind.GoldenHour,
            ["candlelight"] = LightKind.Candle,
            ["moon"] = LightKind.Moonlight,
            ["sun"] = LightKind.Daylight,
            ["softbox"] = LightKind.Studio,
        },
    };

    /// <summary>Where the light comes from.</summary>
    public static readonly ChoiceParameter<LightDirection> Direction =
        new("direction", "Where the light comes from.", LightDirection.TopLeft) { Aliases = ["light_direction", "position"] };

    /// <summary>Where the light comes from as an angle.</summary>
    public static readonly NumberParameter Azimuth = new(
        "azimuth",
        "Where the light comes from in degrees, counter-clockwise from the right (90 is above, 180 the left), -360 to 360; instead of direction.",
        -360,
        360)
    {
        Aliases = ["angle"],
    };

    /// <summary>How high the light stands.</summary>
    public static readonly NumberParameter Elevation = new(
        "elevation",
        "How far the light stands in front of the picture in degrees: 0 grazes it from the side, 90 comes from the camera; the named light's when left out.",
        0,
        90);

    /// <summary>The light's colour.</summary>
    public static readonly ColorParameter Color =
        new("color", "Colour of the light; the named light's when left out.") { Aliases = ["colour", "light_color"] };

    /// <summary>How strong the light is.</summary>
    public static readonly NumberParameter Intensity =
        new("intensity", "How strong the light is, 0 to 2; the named light's when left out.", 0, 2) { Aliases = ["strength"] };

    /// <summary>How much of the light there was stays.</summary>
    public static readonly NumberParameter Ambient =
        new("ambient", "How much of the light there was stays everywhere, 0 (none) to 1 (all); the named light's when left out.", 0, 1);

    /// <inheritdoc/>
    public override string Name => "relight";

    /// <inheritdoc/>
    public override string Title => "Relight";

    /// <inheritdoc/>
    public override string Description =>
        "Lights a picture from another side, in another colour, by surfaces estimated from its shading; detail stays. "
        + "A gray picture becomes a colour picture under coloured light. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [Light, Direction, Azimuth, Elevation, Color, Intensity, Ambient, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        if (parameters.Find(Intensity) is 0 && parameters.Find(Ambient) is 0)
            faults.Add(Ambient.Name, "without intensity and without ambient light the picture would be black.");
    }
}

/// <summary>Where light comes from, as seen in the picture.</summary>
public enum LightDirection
{
    /// <summary>The left.</summary>
    Left,

    /// <summary>The right.</summary>
    Right,

    /// <summary>Above.</summary>
    Top,

    /// <summary>Below.</summary>
    Bottom,

    /// <summary>Above on the left.</summary>
    TopLeft,

    /// <summary>Above on the right.</summary>
    TopRight,

    /// <summary>Below on the left.</summary>
    BottomLeft,

    /// <summary>Below on the right.</summary>
    BottomRight,

    /// <summary>The camera.</summary>
    Front,
}

/// <summary>Named lights.</summary>
public enum LightKind
{
    /// <summary>White light from one side.</summary>
    Neutral,

    /// <summary>Midday sun.</summary>
    Daylight,

    /// <summary>The low, warm sun after sunrise and before sunset.</summary>
    GoldenHour,

    /// <summary>Red light from the horizon.</summary>
    Sunset,

    /// <summary>Dim and blue.</summary>
    Moonlight,

    /// <summary>Even and white, from near the camera.</summary>
    Studio,

    /// <summary>Warm, near and dim.</summary>
    Candle,

    /// <summary>Magenta against the dark.</summary>
    Neon,

    /// <summary>Soft and a little cool.</summary>
    Overcast,
}
