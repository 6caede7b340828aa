namespace PhotoStudio.Core.Operations;

/// <summary>Fills a region anew, by what is around it and, where the engine can, by a description.</summary>
public sealed class Inpaint : Operation
{
    /// <summary>What the region shall show.</summary>
    public static readonly TextParameter Prompt = new(
        "prompt",
        "What the region shall show, for engines with a model that follows words. Without one the surroundings are continued, and the result's notes say so.",
        1,
        2_000);

    /// <inheritdoc/>
    public override string Name => "inpaint";

    /// <inheritdoc/>
    public override string Title => "Inpaint";

    /// <inheritdoc/>
    public override string Description =>
        "Fills a region of a picture anew. The region is a mask of the picture's size (white: fill), boxes, a polygon, or all of these "
        + "together. Pixels outside it stay exactly as they are, and so does alpha.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image, RegionParameters.Mask];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [Prompt, .. RegionParameters.All, ObjectRemoval.Seed, .. OutputParameters.All];

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
