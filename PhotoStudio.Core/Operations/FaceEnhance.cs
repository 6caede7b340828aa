namespace PhotoStudio.Core.Operations;

/// <summary>Retouches the faces of a picture.</summary>
public sealed class FaceEnhance : Operation
{
    /// <summary>How far it goes.</summary>
    public static readonly NumberParameter Strength =
        new("strength", "How far the retouching goes, 0 (not at all) to 1.", 0, 1) { Default = 0.7 };

    /// <inheritdoc/>
    public override string Name => "face-enhance";

    /// <inheritdoc/>
    public override string Title => "Enhance faces";

    /// <inheritdoc/>
    public override string Description =>
        "Takes noise and blotches off the skin and sharpens eyes, brows, lips and the other edges of every face. Pixels outside the faces "
        + "stay exactly as they are. A picture without a face is refused with 422 no_face.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Strength, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);
}
