namespace PhotoStudio.Imaging.Codecs;

/// <summary>
/// What becomes of the metadata of the file that a picture came from. Whatever is kept, the orientation is upright, the embedded
/// thumbnail is dropped, for it shows the old picture, and so is the colour profile, for the pixels are sRGB now.
/// </summary>
public enum MetadataPolicy
{
    /// <summary>Nothing is kept.</summary>
    Strip,

    /// <summary>
    /// Who made the picture and whose it is: EXIF Artist and Copyright; of XMP the rights, creator, credit and licence properties; of
    /// IPTC IIM by-line, credit, source and copyright notice. Everything else goes, places and serial numbers above all.
    /// </summary>
    Copyright,

    /// <summary>EXIF, IPTC and XMP as far as the format written holds them.</summary>
    Keep,
}
