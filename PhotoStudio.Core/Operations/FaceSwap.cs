namespace PhotoStudio.Core.Operations;

/// <summary>Puts the face of one picture on the person of another.</summary>
public sealed class FaceSwap : Operation
{
    /// <summary>Whether everyone shown has agreed.</summary>
    public static readonly BooleanParameter Consent = new(
        "consent", "Whether the people in both pictures, or who may speak for them, have agreed to this. Has to be true.");

    /// <inheritdoc/>
    public override string Name => "face-swap";

    /// <inheritdoc/>
    public override string Title => "Swap a face";

    /// <inheritdoc/>
    public override string Description =>
        "Puts the face of the source picture on the person in the target picture: aligned by eyes, nose and mouth, matched in colour and "
        + "blended without a seam. Needs consent=true; the result is always marked as a composite. With several faces the largest clear one "
        + "of each picture is taken; a picture without a face is refused with 422 no_face.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } =
    [
        new("source", "The picture whose face is taken."),
        new("target", "The picture whose face is replaced; the result has its size."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Consent, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Composed;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        if (!parameters.Get(Consent))
        {
            faults.Add(
                Consent.Name,
                "must be true: a face may only be put on another person's picture when the people shown, or who may speak for them, have agreed.");
        }
    }
}
