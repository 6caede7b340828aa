namespace PhotoStudio.Core.Operations;

/// <summary>Finds the things in a picture.</summary>
public sealed class DetectObjects : Operation
{
    /// <summary>How sure a find must be.</summary>
    public static readonly NumberParameter MinScore =
        new("min_score", "How sure a find must be to be delivered, 0 to 1.", 0, 1) { Default = 0.3, Aliases = ["threshold", "confidence"] };

    /// <summary>The most finds.</summary>
    public static readonly IntegerParameter MaxObjects = new("max_objects", "The most finds to deliver, the surest first; 1 to 100.", 1, 100) { Default = 20 };

    /// <inheritdoc/>
    public override string Name => "detect-objects";

    /// <inheritdoc/>
    public override string Title => "Detect objects";

    /// <inheritdoc/>
    public override string Description =>
        "Finds the things in a picture and delivers data: for each its label, a score from 0 to 1 and its box in pixels of the upright picture. "
        + "Without a trained model it finds what stands out, as boxes labelled region.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [MinScore, MaxObjects];

    /// <inheritdoc/>
    public override OperationOutput Output => OperationOutput.Data;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);
}
