namespace PhotoStudio.Imaging.Codecs;

/// <summary>
/// The most memory that reading and writing a file take beyond the file that is read and the picture in memory. The figures are measured
/// (<c>./studio bench service codecs</c> does it again) and rounded up, for what is hardest to compress.
/// </summary>
public static class CodecMemory
{
    /// <summary>The tables and threads of an AV1 encoder, whatever the picture's size.</summary>
    private const long Av1Encoder = 16 << 20;

    /// <summary>Bytes that decoding takes.</summary>
    /// <param name="format">The file's format.</param>
    /// <param name="pixels">Pixels of a frame.</param>
    public static long ToDecode(PictureFormat format, long pixels) => pixels * format switch
    {
        // A progressive file keeps three 16-bit coefficients a pixel until it is decoded.
        PictureFormat.Jpeg => 6,

        // An interlaced file, or a strip that is the whole picture, of 16 bits a sample.
        PictureFormat.Png or PictureFormat.Tiff => 8,

        // These decode as a whole, to colours of their own first.
        PictureFormat.Webp => 10,
        PictureFormat.Avif or PictureFormat.Heic => 12,
        _ => 6,
    };

    /// <summary>Bytes that encoding takes, the file included; with alpha and without, since it is asked for before that is known.</summary>
    /// <param name="format">The file's format.</param>
    /// <param name="pixels">Pixels of a frame.</param>
    /// <param name="lossless">Whether every sample is kept.</param>
    /// <param name="effort">1–10; null for the usual one.</param>
    public static long ToEncode(PictureFormat format, long pixels, bool lossless, int? effort) => format switch
    {
        PictureFormat.Jpeg => 8 * pixels,
        PictureFormat.Webp when lossless => 44 * pixels,
        PictureFormat.Webp => 10 * pixels,
        PictureFormat.Gif => 36 * pixels,
        PictureFormat.Avif when lossless => (72 * pixels) + Av1Encoder,
        PictureFormat.Avif when effort >= 7 => (60 * pixels) + Av1Encoder,
        PictureFormat.Avif => (38 * pixels) + Av1Encoder,
        _ => 10 * pixels,
    };
}
