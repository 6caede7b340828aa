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
        "Writes a picture as PNG, JPEG or WebP, in sRGB, upright and without metadata. What is transparent becomes white in a JPEG.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. OutputParameters.All, OutputParameters.Lossless];

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        if (!parameters.Get(OutputParameters.Lossless)) return;

        if (parameters.Get(OutputParameters.Format) == OutputFormat.Jpeg)
            faults.Add(OutputParameters.Lossless.Name, "is not possible with jpeg; take png or webp.");
        if (parameters.Find(OutputParameters.Quality) is not null)
            faults.Add(OutputParameters.Quality.Name, "does not go with lossless.");
    }
}
