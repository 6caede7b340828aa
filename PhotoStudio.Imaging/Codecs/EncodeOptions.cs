namespace PhotoStudio.Imaging.Codecs;

/// <summary>How a file is written.</summary>
/// <param name="Format">The file format.</param>
/// <param name="Quality">1–100, for formats that lose detail; null takes the format's good default (JPEG 90, WebP 85).</param>
/// <param name="Lossless">Whether a format that can should keep every sample.</param>
/// <param name="Background">What shows through transparent pixels in a format without alpha.</param>
/// <param name="Xmp">An XMP packet (ISO 16684-1) to embed, such as the mark of generated content.</param>
/// <param name="KeepMetadata">
/// Whether <see cref="IPictureCodec.Transcode"/> carries the source's EXIF, IPTC and XMP over, with the orientation set to upright and
/// without the embedded thumbnail, which would show the picture as it was. Otherwise a file has no metadata but <paramref name="Xmp"/>.
/// </param>
public sealed record EncodeOptions(
    PictureFormat Format,
    int? Quality = null,
    bool Lossless = false,
    Rgb Background = default,
    string? Xmp = null,
    bool KeepMetadata = false);

/// <summary>An opaque sRGB colour, 0–255 a channel.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>White.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>Whether the three channels are equal.</summary>
    public bool IsGray => Red == Green && Green == Blue;
}
