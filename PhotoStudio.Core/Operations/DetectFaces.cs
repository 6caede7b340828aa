namespace PhotoStudio.Core.Operations;

/// <summary>Finds faces with their landmarks.</summary>
public sealed class DetectFaces : Operation
{
    /// <summary>How sure a face has to be.</summary>
    public static readonly NumberParameter MinScore =
        new("min_score", "Faces below this score, 0 to 1, are left out.", 0, 1) { Default = 0.5, Aliases = ["threshold"] };

    /// <summary>How many faces are wanted.</summary>
    public static readonly IntegerParameter MaxFaces =
        new("max_faces", "At most so many faces, the surest of them.", 1, 1000) { Default = 100 };

    /// <inheritdoc/>
    public override string Name => "detect-faces";

    /// <inheritdoc/>
    public override string Title => "Detect faces";

    /// <inheritdoc/>
    public override string Description =>
        "Finds faces: for each a box, a score and five landmarks (eyes, nose, corners of the mouth), in pixels after EXIF orientation. "
        + "It says where a face is, never whose.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [MinScore, MaxFaces];

    /// <inheritdoc/>
    public override OperationOutput Output => OperationOutput.Data;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);
}
