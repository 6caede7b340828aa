namespace PhotoStudio.Core.Operations;

/// <summary>Enlarges a photograph with more detail than plain interpolation gives.</summary>
public sealed class Upscale : Operation
{
    /// <summary>How many times as wide and as high the result is.</summary>
    public static readonly NumberParameter Scale = new("scale", "How many times as wide and as high the result is, 1 to 8; 2 and 4 are usual.", 1, 8)
    {
        Default = 2,
        Aliases = ["scale_factor", "factor"],
    };

    /// <inheritdoc/>
    public override string Name => "upscale";

    /// <inheritdoc/>
    public override string Title => "Upscale";

    /// <inheritdoc/>
    public override string Description =>
        "Enlarges a picture by any factor from 1 to 8, sharper than by interpolation and without new ringing; alpha grows with it. "
        + "The result may have 50 million pixels. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Scale, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);
}
