namespace PhotoStudio.Core.Operations;

/// <summary>Turns a picture by any angle.</summary>
public sealed class Rotate : Operation
{
    /// <summary>Degrees clockwise.</summary>
    public static readonly NumberParameter Angle = new(
        "angle",
        "Degrees clockwise, -360 to 360; negative turns counterclockwise. Multiples of 90 move the pixels without changing them.", -360, 360)
    {
        Required = true,
        Aliases = ["degrees"],
    };

    /// <summary>Whether the result grows to hold the whole picture.</summary>
    public static readonly BooleanParameter Expand = new(
        "expand",
        "Whether the result grows to hold the whole picture; otherwise it keeps the picture's size and the corners are cut off.", true);

    /// <summary>What fills the corners.</summary>
    public static readonly ColorParameter Background = new(
        "background", "Colour of the corners that the picture leaves free: #rgb, #rrggbb, #rrggbbaa, a name such as white, or transparent.")
    {
        Default = RgbaColor.Transparent,
    };

    /// <inheritdoc/>
    public override string Name => "rotate";

    /// <inheritdoc/>
    public override string Title => "Rotate";

    /// <inheritdoc/>
    public override string Description =>
        "Turns a picture about its centre: exactly by multiples of 90 degrees, with bicubic resampling and smooth edges otherwise. "
        + "EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Angle, Expand, Background, .. OutputParameters.All];

    /// <inheritdoc/>
    public override bool KeepsAnimation => true;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);
}
