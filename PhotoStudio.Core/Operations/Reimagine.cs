namespace PhotoStudio.Core.Operations;

/// <summary>Shows a picture as it might have been: other light, weather, season, palette, background, framing or medium.</summary>
public sealed class Reimagine : Operation
{
    /// <summary>What is wished for.</summary>
    public static readonly TextParameter Prompt = new(
        "prompt",
        "What the picture should become, such as 'a rainy night', 'autumn, oil painting' or 'golden light, blurred background'. "
        + "Words that could not be used are told in the metadata's notes; without a prompt chance decides.",
        0,
        2_000)
    {
        Default = "",
    };

    /// <summary>How far from the original.</summary>
    public static readonly NumberParameter Imagination =
        new("imagination", "How far from the original: 0 keeps it as it is, 1 changes all it can.", 0, 1) { Default = 0.6, Aliases = ["creativity"] };

    /// <summary>What chance decides.</summary>
    public static readonly IntegerParameter Seed = SeedParameter.Create("Decides everything that the prompt leaves open.");

    /// <inheritdoc/>
    public override string Name => "reimagine";

    /// <inheritdoc/>
    public override string Title => "Reimagine";

    /// <inheritdoc/>
    public override string Description =>
        "Shows a picture in other light, weather, season, colours, background, framing or medium, as the prompt and the seed say, and keeps "
        + "its subject recognisable. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Prompt, Imagination, Seed, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Generated;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);
}
