namespace PhotoStudio.Core.Operations;

/// <summary>Does to a picture what a sentence asks for.</summary>
public sealed class Edit : Operation
{
    /// <summary>What to do.</summary>
    public static readonly TextParameter Prompt = new(
        "prompt",
        "What to do, in English, Vietnamese or Spanish, such as 'make it warmer and remove the background'; 1 to 2,000 characters.",
        1,
        2_000)
    {
        Required = true,
        Aliases = ["instruction"],
    };

    /// <summary>What chance decides.</summary>
    public static readonly IntegerParameter Seed = SeedParameter.Create("Decides what the operations leave to chance.");

    /// <inheritdoc/>
    public override string Name => "edit";

    /// <inheritdoc/>
    public override string Title => "Edit";

    /// <inheritdoc/>
    public override string Description =>
        "Reads what a sentence asks for and runs the operations that it names, in its order. The result's data lists them with their parameters; "
        + "what could not be understood or done is in the metadata's notes. When nothing was understood the answer is 422 instruction_unclear.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [
        Prompt, Seed,
        FinishParameters.PaintStyle, FinishParameters.PaintStrength, FinishParameters.Brush, FinishParameters.Palette,
        FinishParameters.Background, FinishParameters.Size, FinishParameters.StyleId, .. OutputParameters.All,
    ];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Composed;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults) => FinishParameters.Check(parameters, faults);
}
