namespace PhotoStudio.Core.Operations;

/// <summary>Mirrors a picture.</summary>
public sealed class Flip : Operation
{
    /// <summary>Which way it is mirrored.</summary>
    public static readonly ChoiceParameter<FlipDirection> Direction = new(
        "direction",
        "horizontal: left and right change places; vertical: top and bottom do; both: half a turn.",
        FlipDirection.Horizontal);

    /// <inheritdoc/>
    public override string Name => "flip";

    /// <inheritdoc/>
    public override string Title => "Flip";

    /// <inheritdoc/>
    public override string Description => "Mirrors a picture; every pixel keeps its exact colour. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Direction, .. OutputParameters.All];

    /// <inheritdoc/>
    public override bool KeepsAnimation => true;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);
}

/// <summary>Which way a picture is mirrored.</summary>
public enum FlipDirection
{
    /// <summary>Left and right change places.</summary>
    Horizontal,

    /// <summary>Top and bottom change places.</summary>
    Vertical,

    /// <summary>Both: half a turn.</summary>
    Both,
}
