namespace PhotoStudio.Core.Operations;

/// <summary>Removes what is in a region and continues the picture across it.</summary>
public sealed class ObjectRemoval : Operation
{
    /// <summary>Another solution.</summary>
    public static readonly IntegerParameter Seed = new(
        "seed", "Chooses among equally good fillings; the same seed gives the same picture.", 0, int.MaxValue) { Default = 0 };

    /// <inheritdoc/>
    public override string Name => "object-removal";

    /// <inheritdoc/>
    public override string Title => "Remove objects";

    /// <inheritdoc/>
    public override string Description =>
        "Removes what is in a region and continues the surrounding texture and structure across it. The region is a mask of the picture's "
        + "size (white: remove), boxes, a polygon, or all of these together. Pixels outside it stay exactly as they are, and so does alpha.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image, RegionParameters.Mask];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. RegionParameters.All, Seed, .. OutputParameters.All];

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Composed;

    /// <inheritdoc/>
    public override void CheckInputs(OperationParameters parameters, IReadOnlyCollection<string> slots, FaultList faults) =>
        RegionParameters.CheckInputs(parameters, slots, faults);

    /// <inheritdoc/>
    public override void CheckSizes(OperationParameters parameters, IReadOnlyList<GivenPicture> pictures, FaultList faults) =>
        RegionParameters.CheckSizes(parameters, pictures, faults);
}
