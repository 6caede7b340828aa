using System.Text;

namespace PhotoStudio.Imaging.Codecs;

/// <summary>
/// XMP packets in GIF files, which libvips neither writes nor reads: an application extension that holds the packet as it is, followed
/// by a trailer that leads readers who count in sub-blocks out of it (XMP Specification Part 3, 1.1.2; GIF89a).
/// </summary>
internal static class GifXmp
{
    private const byte Trailer = 0x3B;
    private const byte Extension = 0x21;
    private const byte Application = 0xFF;
    private const byte Image = 0x2C;

    private static readonly byte[] Head = [Extension, Application, 11, .. "XMP DataXMP"u8];

    /// <summary>The file with the packet before its end.</summary>
    internal static byte[] Insert(byte[] gif, string packet)
    {
        var end = gif.Length > 0 && gif[^1] == Trailer ? gif.Length - 1 : gif.Length;
        var magic = new byte[258];
        magic[0] = 1;
        for (var i = 0; i < 256; i++) magic[1 + i] = (byte)(255 - i);
        return [.. gif.AsSpan(0, end), .. Head, .. Encoding.UTF8.GetBytes(packet), .. magic, Trailer];
    }

    /// <summary>The packet in a file; empty when there is none or the file is damaged before it.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> gif)
    {
        const int ScreenDescriptor = 13;
        if (gif.Length < ScreenDescriptor || gif.IndexOf(Head) < 0) return default;

        var at = ScreenDescriptor + ColorTable(gif[10]);
        while (at + 2 < gif.Length)
        {
            if (gif[at] == Extension)
            {
                var packet = gif[at..].StartsWith(Head) ? at + Head.Length : 0;
                at = AfterBlocks(gif, packet > 0 ? packet : at + 2);
                if (packet > 0 && at <= gif.Length && at - packet > 258) return gif[packet..(at - 258)];
            }
            else if (gif[at] == Image && at + 10 < gif.Length)
            {
                at = AfterBlocks(gif, at + 11 + ColorTable(gif[at + 9]));
            }
            else
            {
                return default;
            }
        }

        return default;
    }

    /// <summary>Bytes of the colour table that a descriptor's flags announce.</summary>
    private static int ColorTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    /// <summary>The place behind a row of sub-blocks, each with its length before it, the last of them empty.</summary>
    private static int AfterBlocks(ReadOnlySpan<byte> gif, int at)
    {
        while (at < gif.Length && gif[at] != 0) at += gif[at] + 1;
        return at + 1;
    }
}
