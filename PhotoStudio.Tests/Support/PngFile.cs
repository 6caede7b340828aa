using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PhotoStudio.Tests.Support;

/// <summary>Writes PNG files byte by byte (W3C PNG), the odd and the lying ones included.</summary>
public static class PngFile
{
    public const int Gray = 0;
    public const int Rgb = 2;
    public const int Palette = 3;
    public const int GrayAlpha = 4;
    public const int Rgba = 6;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A file with these rows, which are packed as the bit depth says and carry no filter bytes.</summary>
    /// <param name="width">What IHDR says.</param>
    /// <param name="height">What IHDR says.</param>
    /// <param name="bitDepth">1, 2, 4, 8 or 16.</param>
    /// <param name="colorType">One of the constants here.</param>
    /// <param name="rows">The rows that IDAT really holds.</param>
    /// <param name="between">Chunks between IHDR and IDAT.</param>
    public static byte[] Write(
        int width,
        int height,
        int bitDepth,
        int colorType,
        IEnumerable<byte[]> rows,
        params IEnumerable<(string Type, byte[] Data)> between)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[9] = (byte)colorType;
        Chunk(file, "IHDR", header);
        foreach (var (type, data) in between) Chunk(file, type, data);

        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Rows of this many bytes, all zero.</summary>
    public static IEnumerable<byte[]> BlankRows(int count, int length) => Enumerable.Repeat(new byte[length], count);

    /// <summary>An iCCP chunk (11.3.2.3).</summary>
    public static (string Type, byte[] Data) ProfileChunk(byte[] profile)
    {
        var data = new MemoryStream();
        data.Write("test\0\0"u8);
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(profile);
        return ("iCCP", data.ToArray());
    }

    /// <summary>The file with one more chunk before its IDAT.</summary>
    public static byte[] Insert(byte[] png, (string Type, byte[] Data) chunk)
    {
        var result = new MemoryStream();
        result.Write(png, 0, 33);
        Chunk(result, chunk.Type, chunk.Data);
        result.Write(png, 33, png.Length - 33);
        return result.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(content));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> content)
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
