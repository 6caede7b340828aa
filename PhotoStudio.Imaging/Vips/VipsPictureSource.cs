using System.Buffers;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Metadata;
using PhotoStudio.Imaging.Sniffing;

namespace PhotoStudio.Imaging.Vips;

/// <summary>
/// A file of an accepted format whose header has been read. Keeps the file's bytes in place until it is disposed, so it
/// outlives every image made of it.
/// </summary>
internal sealed class VipsPictureSource : IDisposable
{
    /// <summary>libvips' VIPS_MAX_COORD: no side of an image may be longer.</summary>
    private const int LongestSide = 10_000_000;

    private readonly ReadOnlyMemory<byte> file;
    private MemoryHandle pin;
    private VipsImage? opened;

    private VipsPictureSource(ReadOnlyMemory<byte> file, PictureFormat format)
    {
        this.file = file;
        pin = file.Pin();
        Format = format;
        Header = null!;
    }

    /// <summary>The file's format, by its content.</summary>
    internal PictureFormat Format { get; }

    /// <summary>What the header says.</summary>
    internal PictureHeader Header { get; private set; }

    /// <summary>Reads a file's header.</summary>
    /// <exception cref="PictureFormatException">It is no picture of an accepted format, or the header is damaged.</exception>
    internal static VipsPictureSource Open(ReadOnlyMemory<byte> file)
    {
        var format = PictureSniffer.Require(file.Span);
        VipsLibrary.Start();

        var source = new VipsPictureSource(file, format);
        try
        {
            source.ReadHeader();
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The first frame as stored: not yet oriented, in the file's own colours. Rows can be read once, from the top.
    /// </summary>
    /// <param name="shrink">JPEG only: 1, 2, 4 or 8; each side is divided by it while decoding, rounded up.</param>
    /// <param name="strict">Whether the decoder's warnings fail the decode, not its errors only.</param>
    /// <exception cref="PictureFormatException">The file cannot be opened.</exception>
    internal VipsImage Load(int shrink, bool strict)
    {
        if (shrink == 1 && !strict && opened is { } image)
        {
            opened = null;
            return image;
        }

        return OpenImage(shrink, strict);
    }

    /// <summary>All frames below one another, as <see cref="Load"/> delivers the first one.</summary>
    /// <exception cref="PictureFormatException">The file cannot be opened.</exception>
    internal VipsImage LoadFrames() => OpenImage(shrink: 1, strict: false, frames: Header.Frames);

    /// <summary>The XMP packet; empty when there is none.</summary>
    /// <param name="image">An image of this file.</param>
    internal ReadOnlySpan<byte> Xmp(VipsImage image) => Format == PictureFormat.Gif ? GifXmp.Find(file.Span) : image.Blob(VipsImage.XmpField);

    /// <summary>
    /// The error to show for what libvips reports while it decodes. Its text is for the log only: it stands in a buffer of the whole
    /// process, so a part of it may be about another picture.
    /// </summary>
    internal PictureFormatException Damaged(VipsException exception)
        => new($"The {Format.DisplayName()} picture is truncated or damaged.", exception);

    /// <inheritdoc/>
    public void Dispose()
    {
        opened?.Dispose();
        opened = null;
        pin.Dispose();
    }

    private void ReadHeader()
    {
        if (Format == PictureFormat.Png && PictureSniffer.PngSize(file.Span) is { } size && Math.Max(size.Width, size.Height) > LongestSide)
        {
            Header = new PictureHeader(Format, size.Width, size.Height);
            return;
        }

        var image = opened = OpenImage(shrink: 1, strict: false);
        var orientation = image.Orientation;
        var (width, height) = orientation >= 5 ? (image.Height, image.Width) : (image.Width, image.Height);
        var source = XmpPacket.DigitalSourceType(Xmp(image));
        Header = new PictureHeader(Format, width, height, image.HasAlpha, orientation, image.Pages, image.HasProfile, source);
    }

    private unsafe VipsImage OpenImage(int shrink, bool strict, int frames = 1)
    {
        try
        {
            using var load = new VipsOperation(Loader(Format));
            load.SetPinned("buffer", pin.Pointer, file.Length).Choose("access", "sequential")
                .Choose("fail_on", strict ? "warning" : Format == PictureFormat.Jpeg ? "truncated" : "error");
            if (shrink > 1) load.Set("shrink", shrink);
            if (frames > 1) load.Set("n", frames);
            return load.Build().Image();
        }
        catch (VipsException exception)
        {
            throw new PictureFormatException($"The {Format.DisplayName()} picture cannot be read: its header is damaged.", exception);
        }
    }

    private static string Loader(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpegload_buffer",
        PictureFormat.Png => "pngload_buffer",
        PictureFormat.Webp => "webpload_buffer",
        PictureFormat.Gif => "gifload_buffer",
        PictureFormat.Tiff => "tiffload_buffer",
        PictureFormat.Avif => "heifload_buffer",
        _ => throw new PictureFormatException($"{format.DisplayName()} pictures are not accepted."),
    };
}
