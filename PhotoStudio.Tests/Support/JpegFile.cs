using System.Buffers.Binary;

namespace PhotoStudio.Tests.Support;

/// <summary>Changes JPEG files byte by byte (ITU-T T.81).</summary>
public static class JpegFile
{
    /// <summary>The file with an application segment after its start.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="number">1 for EXIF and XMP, 2 for ICC profiles.</param>
    /// <param name="content">The content, without marker and length.</param>
    public static byte[] InsertApp(byte[] jpeg, int number, ReadOnlySpan<byte> content)
    {
        var segment = new byte[content.Length + 4];
        segment[0] = 0xFF;
        segment[1] = (byte)(0xE0 + number);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), checked((ushort)(content.Length + 2)));
        content.CopyTo(segment.AsSpan(4));
        return [.. jpeg.AsSpan(0, 2), .. segment, .. jpeg.AsSpan(2)];
    }

    /// <summary>The file with an ICC profile (ICC.1, annex B.4).</summary>
    public static byte[] WithProfile(byte[] jpeg, byte[] profile) => InsertApp(jpeg, 2, [.. "ICC_PROFILE\0"u8, 1, 1, .. profile]);

    /// <summary>The file with an EXIF block that holds an orientation and a copyright notice.</summary>
    public static byte[] WithExif(byte[] jpeg, int orientation) => InsertApp(jpeg, 1, [.. "Exif\0\0"u8, .. ExifBlock(orientation)]);

    /// <summary>The file with another size in its frame header; the coded data stay as they are.</summary>
    public static byte[] WithSize(byte[] jpeg, int width, int height)
    {
        var result = jpeg.ToArray();
        for (var at = 2; at + 9 < result.Length;)
        {
            if (result[at] != 0xFF) throw new ArgumentException("Not a marker.", nameof(jpeg));
            if (result[at + 1] is >= 0xC0 and <= 0xC3)
            {
                BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(at + 5), checked((ushort)height));
                BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(at + 7), checked((ushort)width));
                return result;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(result.AsSpan(at + 2));
        }

        throw new ArgumentException("No frame header.", nameof(jpeg));
    }

    /// <summary>A TIFF structure (little-endian) with the orientation (274) and a copyright notice (33432), as EXIF has it.</summary>
    public static byte[] ExifBlock(int orientation)
    {
        var notice = "all rights reserved by nobody\0"u8;
        var block = new byte[8 + 2 + (2 * 12) + 4 + notice.Length];
        var span = block.AsSpan();
        "II*\0"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], 8);
        BinaryPrimitives.WriteInt16LittleEndian(span[8..], 2);
        Entry(span[10..], 274, 3, 1, orientation);
        Entry(span[22..], 33432, 2, notice.Length, 8 + 2 + (2 * 12) + 4);
        notice.CopyTo(span[(8 + 2 + (2 * 12) + 4)..]);
        return block;

        static void Entry(Span<byte> entry, ushort tag, short type, int count, int value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], count);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], value);
        }
    }
}
