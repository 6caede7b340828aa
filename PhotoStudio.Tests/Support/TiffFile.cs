using System.Buffers.Binary;

namespace PhotoStudio.Tests.Support;

/// <summary>Writes TIFF files byte by byte (TIFF 6.0): gray, 8 bits, without compression, the least a reader asks for.</summary>
public static class TiffFile
{
    /// <summary>A file with several directories, each with a page of this size, all of which share their samples.</summary>
    /// <param name="count">How many directories.</param>
    /// <param name="width">Width of each page in pixels.</param>
    /// <param name="height">Height of each page in pixels.</param>
    /// <param name="last">What the last directory names as the next one's offset; 0 ends the list as it should.</param>
    public static byte[] Pages(int count, int width, int height, uint last = 0)
    {
        (ushort Tag, ushort Type, uint Value)[] tags =
        [
            (256, 4, (uint)width), (257, 4, (uint)height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
            (273, 4, 8), (277, 3, 1), (278, 4, (uint)height), (279, 4, (uint)(width * height)),
        ];
        int samples = (width * height) + (width * height % 2), directory = 2 + (tags.Length * 12) + 4;
        var file = new byte[8 + samples + (count * directory)];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 8 + samples);
        for (var page = 0; page < count; page++)
        {
            var start = 8 + samples + (page * directory);
            var at = file.AsSpan(start);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)tags.Length);
            foreach (var (index, (tag, type, value)) in tags.Index())
            {
                var entry = at[(2 + (index * 12))..];
                BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
                BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
                BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
                BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(at[(directory - 4)..], page + 1 < count ? (uint)(start + directory) : last);
        }

        return file;
    }
}
