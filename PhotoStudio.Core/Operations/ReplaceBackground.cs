namespace PhotoStudio.Core.Operations;

/// <summary>Puts the subject of a picture before another background.</summary>
public sealed class ReplaceBackground : Operation
{
    /// <summary>The new background as a picture.</summary>
    public static InputSlot BackgroundImage { get; } = new(
        "background_image", "The new background; it is scaled to cover the picture and cropped at its centre.", Required: false);

    /// <summary>What the background becomes.</summary>
    public static readonly ChoiceParameter<BackgroundKind> Background = new(
        "background",
        "color: one colour; gradient: from color to color_to; blur: the own background out of focus; picture: background_image; "
        + "auto: whichever of these the other fields tell, blur when they tell nothing.",
        BackgroundKind.Auto)
    {
        ChoiceAliases = new Dictionary<string, BackgroundKind>(StringComparer.Ordinal)
        {
            ["colour"] = BackgroundKind.Color,
            ["image"] = BackgroundKind.Picture,
        },
    };

    /// <summary>The colour, or where the gradient begins.</summary>
    public static readonly ColorParameter Color = new("color", "The background's colour, or the one a gradient begins with; opaque.")
    {
        Aliases = ["background_color"],
    };

    /// <summary>Where the gradient ends.</summary>
    public static readonly ColorParameter ColorTo = new("color_to", "The colour a gradient ends with; opaque.");

    /// <summary>The gradient's direction.</summary>
    public static readonly NumberParameter Angle = new(
        "angle", "Where a gradient goes, in degrees clockwise: 0 is to the right, 90 downwards.", -360, 360);

    /// <summary>How far the own background is out of focus.</summary>
    public static readonly NumberParameter Blur = new(
        "blur", "How far the own background is out of focus, 1 to 100; 50 when left out.", 1, 100);

    /// <summary>How far light and colour of the subject follow the new background.</summary>
    public static readonly NumberParameter Match = new(
        "match", "How far the subject's light and colours follow those of the new background, 0 (not at all) to 1.", 0, 1) { Default = 0.5 };

    /// <inheritdoc/>
    public override string Name => "replace-background";

    /// <inheritdoc/>
    public override string Title => "Replace background";

    /// <inheritdoc/>
    public override string Description =>
        "Finds the subject of a picture, soft at hair and fur, and puts it before a colour, a gradient, its own background out of focus, or "
        + "another picture. Its edge is freed of the old background's colours, and its light and colours follow the new one.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image, BackgroundImage];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [Background, Color, ColorTo, Angle, Blur, Match, .. OutputParameters.All];

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Composed;

    /// <summary>What the background becomes, with <see cref="BackgroundKind.Auto"/> resolved.</summary>
    public static BackgroundKind KindOf(OperationParameters parameters, bool hasPicture)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var asked = parameters.Get(Background);
        return asked != BackgroundKind.Auto ? asked
            : hasPicture ? BackgroundKind.Picture
            : parameters.Find(ColorTo) is not null ? BackgroundKind.Gradient
            : parameters.Find(Color) is not null ? BackgroundKind.Color
            : BackgroundKind.Blur;
    }

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        foreach (var color in (ReadOnlySpan<ColorParameter>)[Color, ColorTo])
        {
            if (parameters.Find(color) is { IsOpaque: false })
                faults.Add(color.Name, "must be opaque; remove-background leaves the background out.");
        }
    }

    /// <inheritdoc/>
    public override void CheckInputs(OperationParameters parameters, IReadOnlyCollection<string> slots, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(faults);
        var hasPicture = slots.Contains(BackgroundImage.Name);
        var kind = KindOf(parameters, hasPicture);
        if (kind == BackgroundKind.Picture && !hasPicture && !faults.Has(BackgroundImage.Name))
            faults.Add(BackgroundImage.Name, "is required for the background picture.");
        if (kind != BackgroundKind.Picture && hasPicture) faults.Add(BackgroundImage.Name, Stray(kind));
        Need(Color, kind is BackgroundKind.Color or BackgroundKind.Gradient);
        Need(ColorTo, kind == BackgroundKind.Gradient);
        Allow(Color, kind is BackgroundKind.Color or BackgroundKind.Gradient);
        Allow(ColorTo, kind == BackgroundKind.Gradient);
        Allow(Angle, kind == BackgroundKind.Gradient);
        Allow(Blur, kind == BackgroundKind.Blur);

        void Need<T>(Parameter<T> parameter, bool needed)
            where T : struct
        {
            if (needed && parameters.Find(parameter) is null) faults.Add(parameter.Name, $"is required for the background {Name(kind)}.");
        }

        void Allow<T>(Parameter<T> parameter, bool allowed)
            where T : struct
        {
            if (!allowed && parameters.Find(parameter) is not null) faults.Add(parameter.Name, Stray(kind));
        }

        static string Name(BackgroundKind kind) => kind.ToString().ToLowerInvariant();
        static string Stray(BackgroundKind kind) => $"does not go with the background {Name(kind)}.";
    }
}

/// <summary>What a background can become.</summary>
public enum BackgroundKind
{
    /// <summary>What the other fields tell.</summary>
    Auto,

    /// <summary>One colour.</summary>
    Color,

    /// <summary>From one colour to another.</summary>
    Gradient,

    /// <summary>The own background out of focus.</summary>
    Blur,

    /// <summary>Another picture.</summary>
    Picture,
}
