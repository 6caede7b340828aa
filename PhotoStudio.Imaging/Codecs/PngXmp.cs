using System.Buffers.Binary;
using System.Text;

namespace PhotoStudio.Imaging.Codecs;

/// <summary>
/// Puts an XMP packet into a PNG the way ISO 16684-3 asks for: uncompressed, in an iTXt chunk (W3C PNG, 11.3.3.4) that readers find
/// without inflating anything. libvips writes a compressed chunk of another kind.
/// </summary>
internal static class PngXmp
{
    /// <summary>Signature and IHDR chunk, which every PNG starts with.</summary>
    private const int HeadLength = 8 + 12 + 13;

    /// <summary>The file with the packet behind its IHDR chunk.</summary>
    internal static byte[] Insert(byte[] png, string packet)
    {
        byte[] content = [.. "iTXtXML:com.adobe.xmp\0\0\0\0\0"u8, .. Encoding.UTF8.GetBytes(packet)];
        var chunk = new byte[content.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length - 4);
        content.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + content.Length), Crc32(content));
        return [.. png.AsSpan(0, HeadLength), .. chunk, .. png.AsSpan(HeadLength)];
    }

    /// <summary>The checksum of W3C PNG, annex D.</summary>
    private static uint Crc32(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
