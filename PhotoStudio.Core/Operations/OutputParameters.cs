namespace PhotoStudio.Core.Operations;

/// <summary>The parameters that say how a result's file is written; every operation that delivers a picture has them.</summary>
public static class OutputParameters
{
    /// <summary>The file format.</summary>
    public static readonly ChoiceParameter<OutputFormat> Format = new(
        "output_format",
        "File format of the result; auto keeps the input's format where it can hold the result, and takes PNG otherwise.",
        OutputFormat.Auto)
    {
        Aliases = ["format"],
        ChoiceAliases = new Dictionary<string, OutputFormat>(StringComparer.Ordinal) { ["jpg"] = OutputFormat.Jpeg },
    };

    /// <summary>The quality of a format that loses detail.</summary>
    public static readonly IntegerParameter Quality = new(
        "output_quality",
        "Quality of a JPEG or WebP result, 1 (smallest file) to 100 (best picture); the format's own good default when left out.",
        1,
        100)
    {
        Aliases = ["output_compression"],
    };

    /// <summary>Whether every sample is kept; only for an operation that names it among its parameters.</summary>
    public static readonly BooleanParameter Lossless = new(
        "lossless",
        "Whether the file keeps every sample: PNG always does, WebP can, JPEG cannot; auto then takes PNG for a JPEG.");

    /// <summary>Format and quality, in the order a form would show them.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Format, Quality];
}

/// <summary>File formats a result can have.</summary>
public enum OutputFormat
{
    /// <summary>The input's format where it can hold the result, PNG otherwise.</summary>
    Auto,

    /// <summary>PNG: every sample kept, with alpha.</summary>
    Png,

    /// <summary>JPEG: small, no alpha.</summary>
    Jpeg,

    /// <summary>WebP: small, with alpha.</summary>
    Webp,
}
