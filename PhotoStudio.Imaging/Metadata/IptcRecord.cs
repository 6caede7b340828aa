using System.Buffers.Binary;
using System.Text;

namespace PhotoStudio.Imaging.Metadata;

/// <summary>
/// IPTC IIM data sets (IPTC-NAA Information Interchange Model 4.2) as files carry them: bare, as in a TIFF, or as resource 0x0404 of a
/// Photoshop block, as in a JPEG.
/// </summary>
internal static class IptcRecord
{
    private const byte Marker = 0x1C;
    private const byte Application = 2;
    private const byte ByLine = 80;
    private const byte CopyrightNotice = 116;

    private static ReadOnlySpan<byte> Photoshop => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> Resource => "8BIM"u8;

    /// <summary>By-line and its title, credit, source, copyright notice, contact.</summary>
    private static ReadOnlySpan<byte> Rights => [ByLine, 85, 110, 115, CopyrightNotice, 118];

    /// <summary>The data sets without a wrapper; empty when there are none or they cannot be read.</summary>
    internal static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith(Photoshop)) block = block[Photoshop.Length..];
        while (block.StartsWith(Resource) && block.Length > 12)
        {
            // An identifier, a name with its length before it, padded to even, and the content, padded to even.
            var name = (block[6] + 2) & ~1;
            if (block.Length < 10 + name) return default;

            var length = BinaryPrimitives.ReadUInt32BigEndian(block[(6 + name)..]);
            var content = block[(10 + name)..];
            if (length > content.Length) return default;
            if (BinaryPrimitives.ReadUInt16BigEndian(block[4..]) == 0x0404) return content[..(int)length];
            block = content[(int)Math.Min((length + 1) & ~1u, (uint)content.Length)..];
        }

        return block is [Marker, ..] ? block : default;
    }

    /// <summary>Only the data sets that say who made the picture and whose it is.</summary>
    internal static byte[] OnlyRights(ReadOnlySpan<byte> bare)
    {
        var kept = new List<byte>();
        for (var rest = bare; TryTake(ref rest, out var set, out var number, out _);)
        {
            // 1:90 names the character set of everything that follows.
            if ((set[1] == Application && Rights.Contains(number)) || (set[1] == 1 && number == 90)) kept.AddRange(set);
        }

        return kept.Count(b => b == Marker) > 1 || kept is [Marker, Application, ..] ? [.. kept] : [];
    }

    /// <summary>By-line and copyright notice as text; null when missing.</summary>
    internal static (string? Creator, string? Rights) Names(ReadOnlySpan<byte> bare)
    {
        string? creator = null, rights = null;
        for (var rest = bare; TryTake(ref rest, out var set, out var number, out var value);)
        {
            if (set[1] != Application) continue;
            if (number == ByLine) creator ??= Text(value);
            if (number == CopyrightNotice) rights ??= Text(value);
        }

        return (creator, rights);
    }

    /// <summary>The data sets as the content of a JPEG's APP13 segment.</summary>
    internal static byte[] ForJpeg(ReadOnlySpan<byte> bare)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bare.Length);
        byte[] padding = bare.Length % 2 == 0 ? [] : [0];
        return [.. Photoshop, .. Resource, 0x04, 0x04, 0, 0, .. length, .. bare, .. padding];
    }

    /// <summary>
    /// The data sets as libvips hands them to libtiff, which it tells their length in words of four bytes and which takes that for bytes:
    /// padded with zeros to four times their length, so that all of them are written whichever is meant.
    /// </summary>
    internal static byte[] ForTiff(ReadOnlySpan<byte> bare)
    {
        var padded = new byte[4 * bare.Length];
        bare.CopyTo(padded);
        return padded;
    }

    private static bool TryTake(
        ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> set, out byte number, out ReadOnlySpan<byte> value)
    {
        set = value = default;
        number = 0;
        if (rest.Length < 5 || rest[0] != Marker) return false;

        // A length with its highest bit set belongs to an extended data set, which none of the texts needs.
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[3..]);
        if (length > short.MaxValue || rest.Length < 5 + length) return false;

        number = rest[2];
        set = rest[..(5 + length)];
        value = set[5..];
        rest = rest[(5 + length)..];
        return true;
    }

    private static string? Text(ReadOnlySpan<byte> value)
    {
        var encoding = System.Text.Unicode.Utf8.IsValid(value) ? Encoding.UTF8 : Encoding.Latin1;
        return XmpPacket.Plain(encoding.GetString(value));
    }
}
