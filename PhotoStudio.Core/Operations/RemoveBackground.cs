namespace PhotoStudio.Core.Operations;

/// <summary>Cuts the subject out of its background.</summary>
public sealed class RemoveBackground : Operation
{
    /// <summary>What is delivered.</summary>
    public static readonly ChoiceParameter<CutoutResult> Result = new(
        "result",
        "cutout: the subject with a soft alpha and its own colours at the edge; matte: the alpha itself as a grayscale picture.",
        CutoutResult.Cutout);

    /// <inheritdoc/>
    public override string Name => "remove-background";

    /// <inheritdoc/>
    public override string Title => "Remove background";

    /// <inheritdoc/>
    public override string Description =>
        "Finds the subject of a picture and makes everything else transparent, soft at hair and fur. The result's metadata carries a confidence from 0 to 1.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Result, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        if (parameters.Get(Result) == CutoutResult.Cutout && parameters.Get(OutputParameters.Format) is OutputFormat.Jpeg or OutputFormat.Gif)
            faults.Add(OutputParameters.Format.Name, "jpeg and gif cannot hold soft alpha; use png, webp, avif or tiff, or ask for the matte.");
    }
}

/// <summary>What background removal delivers.</summary>
public enum CutoutResult
{
    /// <summary>The subject with alpha.</summary>
    Cutout,

    /// <summary>The alpha as a grayscale picture.</summary>
    Matte,
}
