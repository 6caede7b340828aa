namespace PhotoStudio.Imaging.Codecs;

/// <summary>What a file's header says, read without decoding a pixel.</summary>
/// <param name="Format">The file format, by its content.</param>
/// <param name="Width">Width in pixels after the EXIF orientation.</param>
/// <param name="Height">Height in pixels after the EXIF orientation.</param>
/// <param name="HasAlpha">Whether pixels carry opacity.</param>
/// <param name="Orientation">The EXIF orientation, 1–8; 1 when there is none.</param>
/// <param name="Frames">Frames or pages, at least 1.</param>
/// <param name="HasProfile">Whether an ICC profile is embedded.</param>
/// <param name="DigitalSourceType">
/// The URI in the XMP property <c>Iptc4xmpExt:DigitalSourceType</c>, which says whether a machine made the picture; null without one.
/// </param>
public sealed record PictureHeader(
    PictureFormat Format,
    int Width,
    int Height,
    bool HasAlpha = false,
    int Orientation = 1,
    int Frames = 1,
    bool HasProfile = false,
    string? DigitalSourceType = null)
{
    /// <summary>Whether the frames are shown one after the other; a TIFF's pages are not.</summary>
    public bool IsAnimation => Frames > 1 && (Format is PictureFormat.Gif or PictureFormat.Webp);

    /// <summary>Pixels of one frame.</summary>
    public long Pixels => (long)Width * Height;
}
