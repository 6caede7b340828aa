namespace PhotoStudio.Core.Operations;

/// <summary>Finds what a photograph lacks in light, contrast and colour, and corrects it.</summary>
public sealed class Enhance : Operation
{
    /// <summary>How far the correction goes.</summary>
    public static readonly NumberParameter Strength =
        new("strength", "How far the correction goes, 0 (not at all) to 1 (all the way).", 0, 1) { Default = 1 };

    /// <summary>Whether a colour cast is removed.</summary>
    public static readonly BooleanParameter WhiteBalance =
        new("white_balance", "Whether a colour cast is removed.", true) { Aliases = ["auto_white_balance"] };

    /// <summary>Whether too little or too much light and a narrow range of tones are corrected.</summary>
    public static readonly BooleanParameter Exposure =
        new("exposure", "Whether too little or too much light and a narrow range of tones are corrected.", true) { Aliases = ["auto_exposure"] };

    /// <summary>Whether detail is brought out.</summary>
    public static readonly BooleanParameter LocalContrast =
        new("local_contrast", "Whether structure is brought out a little, without halos.", true);

    /// <summary>Whether pale colours are strengthened.</summary>
    public static readonly BooleanParameter Color =
        new("color", "Whether colours that are pale throughout are strengthened.", true) { Aliases = ["colour"] };

    /// <summary>Whether motion blur is taken away first.</summary>
    public static readonly BooleanParameter Deblur =
        new("deblur", "Whether motion blur is taken away first; needs a trained model.", false);

    /// <inheritdoc/>
    public override string Name => "enhance";

    /// <inheritdoc/>
    public override string Title => "Enhance";

    /// <inheritdoc/>
    public override string Description =>
        "Finds what a photograph lacks in white balance, exposure, contrast and colour, and corrects it; a good photograph hardly changes. "
        + "Gray pictures stay gray, alpha stays as it is. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [Strength, WhiteBalance, Exposure, LocalContrast, Color, Deblur, .. OutputParameters.All];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Enhanced;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Edit);
}
