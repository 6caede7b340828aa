namespace PhotoStudio.Imaging.Codecs;

/// <summary>Names of the file formats.</summary>
public static class PictureFormats
{
    /// <summary>The name that people use: "JPEG", "PNG", "WebP" …</summary>
    public static string DisplayName(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "JPEG",
        PictureFormat.Png => "PNG",
        PictureFormat.Webp => "WebP",
        PictureFormat.Gif => "GIF",
        PictureFormat.Tiff => "TIFF",
        PictureFormat.Avif => "AVIF",
        PictureFormat.Heic => "HEIC",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such picture format."),
    };

    /// <summary>The registered media type: "image/jpeg" …</summary>
    public static string MediaType(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.Png => "image/png",
        PictureFormat.Webp => "image/webp",
        PictureFormat.Gif => "image/gif",
        PictureFormat.Tiff => "image/tiff",
        PictureFormat.Avif => "image/avif",
        PictureFormat.Heic => "image/heic",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such picture format."),
    };

    /// <summary>The usual file extension without its dot: "jpg", "png", "webp" …</summary>
    public static string Extension(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpg",
        PictureFormat.Png => "png",
        PictureFormat.Webp => "webp",
        PictureFormat.Gif => "gif",
        PictureFormat.Tiff => "tif",
        PictureFormat.Avif => "avif",
        PictureFormat.Heic => "heic",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such picture format."),
    };

    /// <summary>The longest side in pixels that a file of the format can have.</summary>
    public static int LongestSide(this PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => 65_500,
        PictureFormat.Webp => 16_383,
        PictureFormat.Gif => 65_535,
        PictureFormat.Avif or PictureFormat.Heic => 16_384,
        _ => int.MaxValue,
    };
}
