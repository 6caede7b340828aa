namespace PhotoStudio.Core.Operations;

/// <summary>Writes a picture in another file format.</summary>
public sealed class Convert : Operation
{
    /// <inheritdoc/>
    public override string Name => "convert";

    /// <inheritdoc/>
    public override string Title => "Convert";

    /// <inheritdoc/>
    public override string Description =>
        "Writes a picture as PNG, JPEG, WebP, AVIF, TIFF or GIF, in sRGB and upright; without metadata unless they are asked for. "
        + "Animations stay animated as GIF and WebP. What is transparent becomes white in a JPEG.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        .. OutputParameters.All, OutputParameters.Lossless, OutputParameters.Effort, OutputParameters.Metadata,
    ];

    /// <inheritdoc/>
    public override bool KeepsAnimation => true;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        if (!parameters.Get(OutputParameters.Lossless)) return;

        if (parameters.Get(OutputParameters.Format) is OutputFormat.Jpeg or OutputFormat.Gif)
            faults.Add(OutputParameters.Lossless.Name, "is not possible with jpeg and gif; take png, webp, avif or tiff.");
        if (parameters.Find(OutputParameters.Quality) is not null)
            faults.Add(OutputParameters.Quality.Name, "does not go with lossless.");
    }
}
