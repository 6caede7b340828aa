using System.Buffers.Binary;
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
    public static byte[] PngPromising(int width, int height)
    {
        byte[] signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [.. signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND"u8, [])];
    }

    /// <summary>A JPEG with an EXIF orientation tag, 1–8.</summary>
    public static byte[] Oriented(byte[] jpeg, byte orientation)
    {
        // TIFF header, one directory entry: tag 0x0112, type SHORT, one value.
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
        ];
        byte[] segment = [0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. type, .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Crc32(body));
        return chunk;
    }

    /// <summary>The cyclic redundancy code of W3C PNG, annex D.</summary>
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
