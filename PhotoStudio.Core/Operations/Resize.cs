namespace PhotoStudio.Core.Operations;

/// <summary>Brings a picture to another size.</summary>
public sealed class Resize : Operation
{
    /// <summary>The most pixels a result may have.</summary>
    public const long MaxPixels = 50_000_000;

    /// <summary>Target width in pixels.</summary>
    public static readonly IntegerParameter Width = new("width", "Width of the result in pixels; follows from the height when left out.", 1, 16_384);

    /// <summary>Target height in pixels.</summary>
    public static readonly IntegerParameter Height = new("height", "Height of the result in pixels; follows from the width when left out.", 1, 16_384);

    /// <summary>The size as a share of the picture's own.</summary>
    public static readonly NumberParameter Scale = new(
        "scale", "Instead of width and height: how many times as wide and as high the result is, 0.01 to 8.", 0.01, 8)
    {
        Aliases = ["scale_factor", "factor"],
    };

    /// <summary>How the box is filled.</summary>
    public static readonly ChoiceParameter<ResizeMode> Mode = new(
        "mode",
        "fit: the largest size inside width × height that keeps the aspect ratio; fill: covers width × height and crops what hangs over at the centre; exact: exactly width × height, stretched if need be.",
        ResizeMode.Fit)
    {
        Aliases = ["fit"],
        ChoiceAliases = new Dictionary<string, ResizeMode>(StringComparer.Ordinal)
        {
            ["contain"] = ResizeMode.Fit,
            ["inside"] = ResizeMode.Fit,
            ["cover"] = ResizeMode.Fill,
            ["crop"] = ResizeMode.Fill,
            ["stretch"] = ResizeMode.Exact,
        },
    };

    /// <summary>Whether small pictures are enlarged.</summary>
    public static readonly BooleanParameter Enlarge = new("enlarge", "Whether a picture smaller than the box is enlarged (mode fit only; the others always are).", true);

    /// <inheritdoc/>
    public override string Name => "resize";

    /// <inheritdoc/>
    public override string Title => "Resize";

    /// <inheritdoc/>
    public override string Description => "Brings a picture to another size with an antialiased Lanczos kernel. EXIF orientation is applied first.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [InputSlot.Image];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Width, Height, Scale, Mode, Enlarge, .. OutputParameters.All];

    /// <inheritdoc/>
    public override bool KeepsAnimation => true;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.None);

    /// <summary>Width and height in pixels that parameters ask for, of a picture of this size; null where they leave one open.</summary>
    public static (int? Width, int? Height) TargetOf(OperationParameters parameters, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Find(Scale) is not { } scale) return (parameters.Find(Width), parameters.Find(Height));
        return (Side(width), Side(height));

        int Side(int length) => Math.Clamp((int)Math.Round(length * scale, MidpointRounding.AwayFromZero), 1, 16_384);
    }

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        int? width = parameters.Find(Width), height = parameters.Find(Height);
        if (parameters.Find(Scale) is not null)
        {
            if (width is not null) faults.Add(Width.Name, "does not go with scale.");
            if (height is not null) faults.Add(Height.Name, "does not go with scale.");
            return;
        }

        if (width is null && height is null)
        {
            faults.Add(Width.Name, "width, height or both are required, or scale.");
            faults.Add(Height.Name, "width, height or both are required, or scale.");
            return;
        }

        if (parameters.Get(Mode) != ResizeMode.Fit && (width is null || height is null))
        {
            var missing = width is null ? Width : Height;
            faults.Add(missing.Name, "is required with mode fill and mode exact.");
        }

        if ((long)(width ?? 1) * (height ?? 1) > MaxPixels)
            faults.Add(Width.Name, $"width × height may be at most {MaxPixels:N0} pixels.");
    }
}

/// <summary>How a box is filled.</summary>
public enum ResizeMode
{
    /// <summary>The largest size inside the box that keeps the aspect ratio.</summary>
    Fit,

    /// <summary>Covers the box and is cropped at the centre.</summary>
    Fill,

    /// <summary>Exactly the box.</summary>
    Exact,
}
