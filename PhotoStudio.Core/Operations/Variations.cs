namespace PhotoStudio.Core.Operations;

/// <summary>Makes several pictures out of one, each with another mood.</summary>
public sealed class Variations : Operation
{
    /// <summary>How many.</summary>
    public static readonly IntegerParameter Count =
        new("num_variations", "How many pictures, 1 to 8; each has a mood of its own.", 1, 8) { Default = 4, Aliases = ["n", "count", "num_images"] };

    /// <summary>How far from the original.</summary>
    public static readonly NumberParameter Imagination =
        new("imagination", "How far from the original: 0 keeps it as it is, 1 changes all it can.", 0, 1) { Default = 0.5, Aliases = ["creativity"] };

    /// <summary>What chance decides.</summary>
    public static readonly IntegerParameter Seed = SeedParameter.Create("Decides the moods and their order.");

    /// <inheritdoc/>
    public override string Name => "variations";

    /// <inheritdoc/>
    public override string Title => "Variations";

    /// <inheritdoc/>
    public override string Description =>
        "Makes 1 to 8 pictures out of one, in other light, colours, weather, background, framing or medium, and keeps the subject "
        + "recognisable. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Count, Imagination, Seed, .. OutputParameters.All];

    /// <inheritdoc/>
    public override OperationOutput Output => OperationOutput.Pictures;

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Generated;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Generation);
}
