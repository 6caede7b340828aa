namespace PhotoStudio.Core.Operations;

/// <summary>Makes an illustrated portrait from a reference photograph.</summary>
public sealed class Illustrate : Operation
{
    /// <summary>Where the portrait is set.</summary>
    public static readonly TextParameter Prompt = new(
        "prompt", "What is around the person, in English, Vietnamese or Spanish, up to 2,000 characters; a plain ground when empty.", 0, 2000) { Default = "" };

    /// <summary>How it is painted.</summary>
    public static readonly ChoiceParameter<PictureStyle> Style =
        new("style", "How the portrait is painted.", PictureStyle.Watercolor) { Except = StyleTransfer.TrainedStyles };

    /// <summary>Its width.</summary>
    public static readonly IntegerParameter Width = new("width", "Width in pixels, 128 to 2048.", 128, 2048) { Default = 1024 };

    /// <summary>Its height.</summary>
    public static readonly IntegerParameter Height = new("height", "Height in pixels, 128 to 2048.", 128, 2048) { Default = 1024 };

    /// <summary>What chance decides.</summary>
    public static readonly IntegerParameter Seed = SeedParameter.Create("Decides what is left to chance: the scene and where strokes fall.");

    /// <inheritdoc/>
    public override string Name => "illustrate";

    /// <inheritdoc/>
    public override string Title => "Illustrate";

    /// <inheritdoc/>
    public override string Description =>
        "Paints a portrait after a reference photograph: the person is cut out, set before a scene that shows what the prompt names, and "
        + "both are painted in one style.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [new("image", "The reference photograph of the person or the subject.")];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Prompt, Style, Width, Height, Seed, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Generated;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Generation);
}
