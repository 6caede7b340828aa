using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Tests.Support;

/// <summary>Picture files made by program, sound and unsound.</summary>
public static class TestFiles
{
    private static readonly Lazy<VipsPictureCodec> Shared = new(() => new VipsPictureCodec());

    /// <summary>The codec that writes and reads them.</summary>
    public static IPictureCodec Codec => Shared.Value;

    /// <summary>A picture as a file.</summary>
    public static byte[] Encode(Picture picture, PictureFormat format, int? quality = null) =>
        Codec.Encode(picture, new EncodeOptions(format, quality));

    /// <summary>What a file shows.</summary>
    public static Picture Decode(ReadOnlyMemory<byte> file) => Codec.Decode(file, PictureLimits.Default);

    /// <summary>A PNG of a few bytes whose header promises this size.</summary>
    public static byte[] PngPromising(int width, int height) => PngFile.Write(width, height, 8, PngFile.Gray, rows: []);

    /// <summary>A JPEG with an EXIF orientation tag, 1–8.</summary>
    public static byte[] Oriented(byte[] jpeg, byte orientation) => JpegFile.WithExif(jpeg, orientation);
}
