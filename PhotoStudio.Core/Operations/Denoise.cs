namespace PhotoStudio.Core.Operations;

/// <summary>Removes noise from a photograph.</summary>
public sealed class Denoise : Operation
{
    /// <summary>How much of the noise goes.</summary>
    public static readonly NumberParameter Strength =
        new("strength", "How much of the noise is taken away, 0 (none) to 1 (all).", 0, 1) { Default = 1 };

    /// <summary>How strong the noise is.</summary>
    public static readonly NumberParameter NoiseLevel = new(
        "noise_level",
        "Standard deviation of the noise in levels of 0–255, 0 to 100; estimated from the picture when left out.",
        0,
        100)
    {
        Aliases = ["sigma", "noise"],
    };

    /// <inheritdoc/>
    public override string Name => "denoise";

    /// <inheritdoc/>
    public override string Title => "Denoise";

    /// <inheritdoc/>
    public override string Description =>
        "Removes noise and keeps edges and texture; a picture without noise stays as it is. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Strength, NoiseLevel, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);
}
