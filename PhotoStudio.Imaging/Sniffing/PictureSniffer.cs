using System.Buffers.Binary;
using System.Text;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging.Sniffing;

/// <summary>
/// Names a file's content by its magic bytes, whatever its extension or content type says. Reads at most the first
/// <see cref="HeadLength"/> bytes, allocates nothing for the known kinds, and needs no native code.
/// </summary>
public static class PictureSniffer
{
    /// <summary>Bytes from the start of a file that are enough to name it.</summary>
    public const int HeadLength = 4096;

    /// <summary>The formats that the studio decodes.</summary>
    public static IReadOnlySet<PictureFormat> Accepted { get; } = new HashSet<PictureFormat>
    {
        PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp, PictureFormat.Gif, PictureFormat.Tiff, PictureFormat.Avif,
    };

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Names the content.</summary>
    /// <param name="file">The file, or at least its first <see cref="HeadLength"/> bytes.</param>
    public static SniffedContent Sniff(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, HeadLength)];
        if (head.IsEmpty) return Other("an empty file");
        return Picture(head) ?? Container(head) ?? Document(head) ?? Text(head) ?? Other("binary data of an unknown kind");
    }

    /// <summary>Names the content and refuses what the studio does not decode.</summary>
    /// <exception cref="PictureFormatException">It is no picture of an accepted format; the message names what it is.</exception>
    public static PictureFormat Require(ReadOnlySpan<byte> file)
    {
        var content = Sniff(file);
        if (content.Format is { } format && Accepted.Contains(format)) return format;

        throw new PictureFormatException(content.IsPicture
            ? $"This is {content.Name}; JPEG, PNG, WebP, GIF, TIFF and AVIF pictures are accepted."
            : $"This is {content.Name}, not a picture. JPEG, PNG, WebP, GIF, TIFF and AVIF pictures are accepted.");
    }

    /// <summary>
    /// The size that a PNG's IHDR chunk promises (W3C PNG, 11.2.1); null when the bytes do not start with one.
    /// A PNG may promise up to 2³¹−1 pixels a side, more than decoders agree to open, so it is read here to be refused for its size.
    /// </summary>
    public static (int Width, int Height)? PngSize(ReadOnlySpan<byte> file)
    {
        if (file.Length < 24 || !file.StartsWith(PngSignature) || !file[12..].StartsWith("IHDR"u8)) return null;

        var width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        return width is 0 or > int.MaxValue || height is 0 or > int.MaxValue ? null : ((int)width, (int)height);
    }

    private static SniffedContent? Picture(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return Known(PictureFormat.Jpeg, "a JPEG picture");
        if (head.StartsWith(PngSignature)) return Known(PictureFormat.Png, "a PNG picture");
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return Known(PictureFormat.Gif, "a GIF picture");
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8))
            return Known(PictureFormat.Tiff, "a TIFF picture");
        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
        {
            return head[8..12] switch
            {
                [(byte)'W', (byte)'E', (byte)'B', (byte)'P'] => Known(PictureFormat.Webp, "a WebP picture"),
                [(byte)'A', (byte)'V', (byte)'I', _] => Other("an AVI video"),
                [(byte)'W', (byte)'A', (byte)'V', (byte)'E'] => Other("a WAVE sound"),
                _ => Other("a RIFF file"),
            };
        }

        if (head.StartsWith("8BPS"u8)) return OtherPicture("a Photoshop document");
        if (head.StartsWith<byte>([0xFF, 0x0A]) || head.StartsWith("\0\0\0\x0CJXL \r\n"u8)) return OtherPicture("a JPEG XL picture");
        if (head.StartsWith("\0\0\0\x0CjP  "u8)) return OtherPicture("a JPEG 2000 picture");
        if (head.StartsWith<byte>([0xFF, 0x4F, 0xFF, 0x51])) return OtherPicture("a JPEG 2000 picture");
        if (head.StartsWith("BM"u8) && head.Length >= 14 && head[6..10].IndexOfAnyExcept((byte)0) < 0) return OtherPicture("a BMP picture");
        if (head.StartsWith<byte>([0, 0, 1, 0]) && head.Length >= 6 && head[4] is > 0 and < 64 && head[5] == 0)
            return OtherPicture("a Windows icon");
        if (head.StartsWith<byte>([0x76, 0x2F, 0x31, 0x01])) return OtherPicture("an OpenEXR picture");
        if (head.StartsWith("#?RADIANCE"u8)) return OtherPicture("a Radiance HDR picture");
        if (head.StartsWith("SIMPLE  ="u8)) return OtherPicture("a FITS picture");
        if (head.StartsWith("FUJIFILMCCD-RAW"u8)) return OtherPicture("a camera's raw file");
        return head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) ? MediaFile(head) : null;
    }

    /// <summary>The ISO base media files (ISO/IEC 14496-12): the brands of the ftyp box tell pictures from videos.</summary>
    private static SniffedContent MediaFile(ReadOnlySpan<byte> head)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length) & ~3;
        bool avif = false, heic = false;
        for (var at = 8; at + 4 <= length; at += 4)
        {
            if (at == 12) continue; // the minor version
            var brand = head.Slice(at, 4);
            avif |= brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8);
            heic |= brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("hevc"u8)
                || brand.SequenceEqual("heim"u8) || brand.SequenceEqual("heis"u8) || brand.SequenceEqual("hevx"u8);
        }

        if (avif) return Known(PictureFormat.Avif, "an AVIF picture");
        var major = head[8..12];
        if (heic || major.SequenceEqual("mif1"u8) || major.SequenceEqual("msf1"u8)) return Known(PictureFormat.Heic, "a HEIC picture");
        if (major.SequenceEqual("crx "u8)) return OtherPicture("a camera's raw file");
        if (major.SequenceEqual("qt  "u8)) return Other("a QuickTime video");
        return Other(major.StartsWith("M4A"u8) ? "an MPEG-4 sound" : "an MP4 video");
    }

    private static SniffedContent? Container(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8) || head.StartsWith("PK\x07\x08"u8))
            return Other("a ZIP archive");
        if (head.StartsWith<byte>([0x1F, 0x8B])) return Other("a gzip archive");
        if (head.StartsWith<byte>([(byte)'7', (byte)'z', 0xBC, 0xAF])) return Other("a 7-Zip archive");
        if (head.StartsWith("Rar!\x1A"u8)) return Other("a RAR archive");
        if (head.StartsWith("BZh"u8)) return Other("a bzip2 archive");
        if (head.StartsWith<byte>([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'])) return Other("an xz archive");
        if (head.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD])) return Other("a Zstandard archive");
        if (head.Length >= 262 && head[257..262].SequenceEqual("ustar"u8)) return Other("a tar archive");
        if (head.StartsWith("\u007FELF"u8) || head.StartsWith("MZ"u8)) return Other("a program");
        if (head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])) return Other("a Matroska or WebM video");
        if (head.StartsWith("OggS"u8)) return Other("an Ogg file");
        if (head.StartsWith("fLaC"u8)) return Other("a FLAC sound");
        if (head.StartsWith("ID3"u8)) return Other("an MP3 sound");
        if (head.StartsWith("SQLite format 3\0"u8)) return Other("an SQLite database");
        return null;
    }

    private static SniffedContent? Document(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF-"u8)) return Other("a PDF document");
        if (head.StartsWith("%!PS"u8)) return Other("a PostScript document");
        if (head.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0])) return Other("an Office document");

        var start = head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        start = start[Math.Max(0, start.IndexOfAnyExcept(" \t\r\n"u8))..];
        if (!start.StartsWith("<"u8)) return null;

        if (Contains(start, "<svg"u8)) return Other("an SVG drawing");
        if (Contains(start, "<!doctype html"u8) || Contains(start, "<html"u8)) return Other("an HTML page");
        return start.StartsWith("<?xml"u8) ? Other("an XML document") : null;
    }

    private static SniffedContent? Text(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith<byte>([0xFF, 0xFE]) || head.StartsWith<byte>([0xFE, 0xFF])) return Other("text");

        // A multi-byte character may be cut at the end of the head.
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            var text = head[..^cut];
            if (System.Text.Unicode.Utf8.IsValid(text)) return IsPrintable(text) ? Other("text") : null;
        }

        return null;
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C or 0x1B)) return false;
        }

        return true;
    }

    private static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        for (var at = 0; at + lowerCase.Length <= text.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(text.Slice(at, lowerCase.Length), lowerCase)) return true;
        }

        return false;
    }

    private static SniffedContent Known(PictureFormat format, string name) => new(format, name, IsPicture: true);

    private static SniffedContent OtherPicture(string name) => new(null, name, IsPicture: true);

    private static SniffedContent Other(string name) => new(null, name, IsPicture: false);
}
