using System.Buffers.Binary;
using System.Text;

namespace PhotoStudio.Imaging.Metadata;

/// <summary>Who made a picture and whose it is, by EXIF (CIPA DC-008: Artist and Copyright in IFD 0), with the bytes as they were.</summary>
internal sealed class ExifRights
{
    private const ushort ArtistTag = 0x013B;
    private const ushort CopyrightTag = 0x8298;
    private const ushort Ascii = 2;
    private const ushort Utf8 = 129;
    private const int Longest = 2_000;

    private readonly byte[]? artist;
    private readonly byte[]? copyright;

    private ExifRights(byte[]? artist, byte[]? copyright) => (this.artist, this.copyright) = (artist, copyright);

    private static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <summary>Who made it; null when it is not said.</summary>
    internal string? Artist => Text(artist);

    /// <summary>Whose it is; the photographer's and the editor's notice, when there are both, with a semicolon between them.</summary>
    internal string? Copyright => Text(copyright);

    /// <summary>Reads an EXIF block; what cannot be read counts as missing.</summary>
    internal static ExifRights Read(ReadOnlySpan<byte> block)
    {
        var tiff = block.StartsWith(Prefix) ? block[Prefix.Length..] : block;
        if (tiff.Length < 14 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8))) return new(null, null);

        var little = tiff[0] == 'I';
        var directory = Number(tiff[4..], little);
        if (directory > tiff.Length - 2) return new(null, null);

        var entries = tiff[(int)directory..];
        var result = new Dictionary<ushort, byte[]>();
        for (int count = Short(entries, little), at = 2; count > 0 && at + 12 <= entries.Length; count--, at += 12)
        {
            var tag = Short(entries[at..], little);
            if (tag is not (ArtistTag or CopyrightTag) || Short(entries[(at + 2)..], little) is not (Ascii or Utf8)) continue;

            var length = Number(entries[(at + 4)..], little);
            var offset = length <= 4 ? directory + (uint)at + 8 : Number(entries[(at + 8)..], little);
            if (length is 0 or > Longest || offset > tiff.Length || length > tiff.Length - offset) continue;
            result.TryAdd(tag, tiff.Slice((int)offset, (int)length).ToArray());
        }

        return new(result.GetValueOrDefault(ArtistTag), result.GetValueOrDefault(CopyrightTag));
    }

    /// <summary>An EXIF block with nothing else; null when nothing is said.</summary>
    internal byte[]? ToBlock()
    {
        var texts = new[] { (Tag: ArtistTag, Value: artist), (Tag: CopyrightTag, Value: copyright) }.Where(text => text.Value is not null).ToList();
        if (texts.Count == 0) return null;

        var block = new MemoryStream();
        block.Write(Prefix);
        block.Write("II*\0"u8);
        WriteNumber(block, 8);
        WriteShort(block, (ushort)texts.Count);
        var offset = 8 + 2 + (12 * texts.Count) + 4;
        foreach (var (tag, value) in texts)
        {
            // Short texts would stand in the entry itself; padded to five bytes they need no second way.
            var length = Math.Max(5, value!.Length);
            WriteShort(block, tag);
            WriteShort(block, Ascii);
            WriteNumber(block, length);
            WriteNumber(block, offset);
            offset += length + (length % 2);
        }

        WriteNumber(block, 0);
        foreach (var (_, value) in texts)
        {
            block.Write(value);
            var length = Math.Max(5, value!.Length);
            block.Write(new byte[length + (length % 2) - value.Length]);
        }

        return block.ToArray();
    }

    private static string? Text(byte[]? value)
    {
        if (value is null) return null;

        var encoding = System.Text.Unicode.Utf8.IsValid(value) ? Encoding.UTF8 : Encoding.Latin1;
        var parts = encoding.GetString(value).Split('\0', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return XmpPacket.Plain(string.Join("; ", parts));
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static void WriteShort(Stream block, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        block.Write(bytes);
    }

    private static void WriteNumber(Stream block, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        block.Write(bytes);
    }
}
