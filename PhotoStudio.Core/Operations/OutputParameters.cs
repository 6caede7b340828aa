namespace PhotoStudio.Core.Operations;

/// <summary>The parameters that say how a result's file is written; every operation that delivers a picture has them.</summary>
public static class OutputParameters
{
    /// <summary>The file format.</summary>
    public static readonly ChoiceParameter<OutputFormat> Format = new(
        "output_format",
        "File format of the result; auto keeps the input's format where it can hold the result, and takes PNG otherwise "
        + "(for a GIF too, unless it is animated and stays so).",
        OutputFormat.Auto)
    {
        Aliases = ["format"],
        ChoiceAliases = new Dictionary<string, OutputFormat>(StringComparer.Ordinal)
        {
            ["jpg"] = OutputFormat.Jpeg,
            ["tif"] = OutputFormat.Tiff,
        },
    };

    /// <summary>The quality of a format that loses detail.</summary>
    public static readonly IntegerParameter Quality = new(
        "output_quality",
        "Quality of a JPEG, WebP or AVIF result, 1 (smallest file) to 100 (best picture); the format's own good default when left out "
        + "(90, 85, 65). PNG and TIFF keep every sample, a GIF takes the 256 colours that fit best.",
        1,
        100)
    {
        Aliases = ["output_compression"],
    };

    /// <summary>Whether every sample is kept; only for an operation that names it among its parameters.</summary>
    public static readonly BooleanParameter Lossless = new(
        "lossless",
        "Whether the file keeps every sample: PNG and TIFF always do, WebP and AVIF can, JPEG and GIF cannot; auto then takes PNG for them.");

    /// <summary>How hard the encoder works; only for an operation that names it among its parameters.</summary>
    public static readonly IntegerParameter Effort = new(
        "effort",
        "How hard the encoder works, 1 (fast) to 10 (smallest file); the format's usual balance when left out. "
        + "A JPEG becomes progressive from 8 on.",
        1,
        10);

    /// <summary>What is kept of the input's metadata; only for an operation that names it among its parameters.</summary>
    public static readonly ChoiceParameter<MetadataChoice> Metadata = new(
        "metadata",
        "What is kept of the input's EXIF, IPTC and XMP. strip: nothing; copyright: who made the picture, whose it is and its licence; "
        + "keep: everything that the format holds and that is still true (EXIF: JPEG, PNG, WebP, AVIF; IPTC: JPEG, TIFF; XMP: all). "
        + "Creator and copyright notice are told in XMP too. "
        + "The mark of AI-made pictures stays with each.",
        MetadataChoice.Strip);

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

    /// <summary>WebP: small, with alpha and animation.</summary>
    Webp,

    /// <summary>AVIF: smallest, with alpha; slow to write.</summary>
    Avif,

    /// <summary>TIFF: every sample kept, with alpha.</summary>
    Tiff,

    /// <summary>GIF: 256 colours, one of them transparent, with animation.</summary>
    Gif,
}

/// <summary>What is kept of a picture's metadata.</summary>
public enum MetadataChoice
{
    /// <summary>Nothing.</summary>
    Strip,

    /// <summary>Who made the picture, whose it is and its licence.</summary>
    Copyright,

    /// <summary>Everything that is still true.</summary>
    Keep,
}
