namespace PhotoStudio.Imaging.Codecs;

/// <summary>File formats the studio knows by their magic bytes.</summary>
public enum PictureFormat
{
    /// <summary>JPEG, ITU-T T.81.</summary>
    Jpeg,

    /// <summary>Portable Network Graphics, W3C PNG.</summary>
    Png,

    /// <summary>WebP, RFC 9649.</summary>
    Webp,

    /// <summary>Graphics Interchange Format 87a and 89a.</summary>
    Gif,

    /// <summary>Tagged Image File Format 6.0.</summary>
    Tiff,

    /// <summary>AV1 Image File Format.</summary>
    Avif,

    /// <summary>High Efficiency Image File Format with HEVC.</summary>
    Heic,
}
