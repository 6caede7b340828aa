namespace PhotoStudio.Imaging.Codecs;

/// <summary>How a file is written.</summary>
/// <param name="Format">The file format.</param>
/// <param name="Quality">
/// 1–100, for formats that lose detail; null takes the format's good default (JPEG 90, WebP 85, AVIF 65). PNG and TIFF keep every
/// sample, and a GIF has the 256 colours that fit best, whatever the quality.
/// </param>
/// <param name="Lossless">Whether a format that can should keep every sample.</param>
/// <param name="Background">What shows through transparent pixels in a format without alpha.</param>
/// <param name="Xmp">An XMP packet (ISO 16684-1) to embed, such as the mark of generated content.</param>
/// <param name="Effort">1 (fast) to 10 (small file); null takes the format's usual balance.</param>
/// <param name="Metadata">What is kept of the metadata of <paramref name="MetadataSource"/>.</param>
/// <param name="MetadataSource">
/// The file that the picture came from; <see cref="IPictureCodec.Transcode"/> takes its own. Metadata that cannot be read are left out.
/// </param>
public sealed record EncodeOptions(
    PictureFormat Format,
    int? Quality = null,
    bool Lossless = false,
    Rgb Background = default,
    string? Xmp = null,
    int? Effort = null,
    MetadataPolicy Metadata = MetadataPolicy.Strip,
    ReadOnlyMemory<byte> MetadataSource = default);

/// <summary>An opaque sRGB colour, 0–255 a channel.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>White.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>Whether the three channels are equal.</summary>
    public bool IsGray => Red == Green && Green == Blue;
}
