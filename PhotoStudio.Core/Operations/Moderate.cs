namespace PhotoStudio.Core.Operations;

/// <summary>Judges a prompt, a picture, or both.</summary>
public sealed class Moderate : Operation
{
    /// <summary>The prompt to judge.</summary>
    public static readonly TextParameter Prompt =
        new("prompt", "The prompt to judge, in English, Vietnamese or Spanish; 1 to 4,000 characters.", 1, 4000) { Aliases = ["text", "input"] };

    /// <summary>The score from which a prompt counts as blocked.</summary>
    public static readonly NumberParameter Threshold = new(
        "threshold",
        "The score from which a prompt counts as blocked, 0.5 to 1, and a picture that a trained model judged; without one it is only flagged for review.",
        0.5,
        1)
    {
        Default = Moderation.PromptJudgement.BlockThreshold,
    };

    /// <inheritdoc/>
    public override string Name => "moderate";

    /// <inheritdoc/>
    public override string Title => "Moderate";

    /// <inheritdoc/>
    public override string Description =>
        "Judges a prompt, a picture, or both, and delivers data: whether it is flagged for review or blocked, a score from 0 to 1 for each category, "
        + "by which method, and notes.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [new("image", "The picture to judge.", Required: false)];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Prompt, Threshold];

    /// <inheritdoc/>
    public override OperationOutput Output => OperationOutput.Data;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);

    /// <inheritdoc/>
    public override void CheckInputs(OperationParameters parameters, IReadOnlyCollection<string> slots, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(faults);
        if (slots.Count == 0 && !faults.Has(Inputs[0].Name) && !parameters.TryGet(Prompt, out _)) faults.Add(Inputs[0].Name, "is required, unless a prompt is given.");
    }
}
