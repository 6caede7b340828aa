namespace PhotoStudio.Core.Operations;

/// <summary>Paints a picture in a built-in style, or in the style of another picture.</summary>
public sealed class StyleTransfer : Operation
{
    /// <summary>The slot of the picture whose style is taken.</summary>
    public const string ReferenceSlot = "reference";

    /// <summary>The styles that a trained network paints and nothing else does.</summary>
    public static readonly IReadOnlyList<PictureStyle> TrainedStyles = [PictureStyle.Candy, PictureStyle.RainPrincess, PictureStyle.Udnie];

    /// <summary>The style.</summary>
    public static readonly ChoiceParameter<PictureStyle> Style = new(
        "style", "The style; left out when a picture 'reference' gives it. Candy, rain-princess and udnie need their models.")
    {
        Aliases = ["style_name"],
        ChoiceAliases = new Dictionary<string, PictureStyle>(StringComparer.Ordinal)
        {
            ["oil-painting"] = PictureStyle.Oil,
            ["oil_painting"] = PictureStyle.Oil,
            ["impressionism"] = PictureStyle.Impressionist,
            ["watercolour"] = PictureStyle.Watercolor,
            ["sketch"] = PictureStyle.Pencil,
            ["pencil-sketch"] = PictureStyle.Pencil,
            ["pencil_sketch"] = PictureStyle.Pencil,
            ["coloured-pencil"] = PictureStyle.ColoredPencil,
            ["coloured_pencil"] = PictureStyle.ColoredPencil,
            ["halftone"] = PictureStyle.Comic,
            ["pointillist"] = PictureStyle.Pointillism,
            ["vintage"] = PictureStyle.VintageFilm,
            ["film-noir"] = PictureStyle.Noir,
            ["rain_princess"] = PictureStyle.RainPrincess,
        },
    };

    /// <summary>How much of the style.</summary>
    public static readonly NumberParameter Strength =
        new("strength", "How much of the style: 0 is the original, 1 all of it.", 0, 1) { Default = 1, Aliases = ["style_strength"] };

    /// <summary>What chance decides.</summary>
    public static readonly IntegerParameter Seed = SeedParameter.Create("Decides what is left to chance, such as where strokes fall.");

    /// <inheritdoc/>
    public override string Name => "style-transfer";

    /// <inheritdoc/>
    public override string Title => "Style transfer";

    /// <inheritdoc/>
    public override string Description =>
        "Paints a picture in a built-in style, or in the colours and the texture of a picture 'reference'. Brushes and dots follow the "
        + "picture's size, alpha stays as it is, and a strength of 0 changes no pixel. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } =
    [
        InputSlot.Image,
        new(ReferenceSlot, "A picture whose colours and texture are taken, in place of a built-in style.", Required: false),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [
        Style, Strength, FinishParameters.Brush, FinishParameters.Palette, Seed,
        FinishParameters.Background, FinishParameters.Size, FinishParameters.StyleId, .. OutputParameters.All,
    ];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.StyleTransfer);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults) => FinishParameters.Check(parameters, faults);

    /// <inheritdoc/>
    public override void CheckInputs(OperationParameters parameters, IReadOnlyCollection<string> slots, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(faults);
        var reference = slots.Contains(ReferenceSlot);
        var style = parameters.Find(Style) is not null;
        if (style && reference) faults.Add(Style.Name, $"cannot go with a picture '{ReferenceSlot}'; leave one of them out.");
        if (!style && !reference)
            faults.Add(Style.Name, $"is required unless a picture '{ReferenceSlot}' is sent; one of: {string.Join(", ", Style.Choices)}.");
    }
}
