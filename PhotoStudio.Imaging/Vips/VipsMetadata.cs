using System.Text;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Metadata;

namespace PhotoStudio.Imaging.Vips;

/// <summary>The metadata of the file that a picture came from, on their way to the image that is written.</summary>
internal sealed class VipsMetadata : IDisposable
{
    private const string ExifPrefix = "exif-";

    private readonly EncodeOptions options;
    private readonly VipsPictureSource? source;
    private readonly VipsImage? from;

    /// <summary>Opens the file whose metadata are kept, if any are.</summary>
    /// <exception cref="PictureFormatException">It is no picture.</exception>
    internal VipsMetadata(EncodeOptions options)
    {
        this.options = options;
        if (options.Metadata == MetadataPolicy.Strip || options.MetadataSource.IsEmpty) return;

        source = VipsPictureSource.Open(options.MetadataSource);
        from = source.Load(shrink: 1, strict: false);
    }

    /// <summary>Pixels a millimetre; 1 when the resolution is not kept.</summary>
    internal (double X, double Y) Resolution
    {
        get
        {
            if (from is null || options.Metadata != MetadataPolicy.Keep) return (1, 1);

            var (x, y) = (VipsNative.ImageXRes(from), VipsNative.ImageYRes(from));
            return source!.Header.Orientation >= 5 ? (y, x) : (x, y);
        }
    }

    /// <summary>Puts EXIF and IPTC on an image that has none yet and that nothing else uses, and answers the XMP packet to write.</summary>
    internal string? CarryTo(VipsImage target)
    {
        if (from is null || source is null) return options.Xmp;

        var mark = options.Xmp is null ? null : XmpPacket.DigitalSourceType(Encoding.UTF8.GetBytes(options.Xmp));
        var iptc = IptcRecord.Bare(from.Blob(VipsImage.IptcField));
        var exif = ExifRights.Read(from.Blob(VipsImage.ExifField));
        var (creator, rights) = IptcRecord.Names(iptc);
        if (options.Metadata == MetadataPolicy.Keep)
        {
            foreach (var field in from.Fields.Where(IsKept)) target.CopyField(from, field);
            target.SetUpright();
            SetIptc(target, iptc);
            return XmpPacket.Renewed(source.Xmp(from), exif.Artist ?? creator, exif.Copyright ?? rights, mark);
        }

        if (exif.ToBlock() is { } block)
        {
            // libvips takes tags that the image has no field for as deleted, and those whose field reads as the block does as they are.
            target.SetBlob(VipsImage.ExifField, block);
            foreach (var field in (string[])["exif-ifd0-Artist", "exif-ifd0-Copyright"])
                if (from.HasField(field)) target.CopyField(from, field);
        }

        SetIptc(target, IptcRecord.OnlyRights(iptc));
        return XmpPacket.OnlyRights(source.Xmp(from), exif.Artist ?? creator, exif.Copyright ?? rights, mark);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        from?.Dispose();
        source?.Dispose();
    }

    /// <summary>EXIF and comments, without the orientation and what belongs to the thumbnail (IFD 1).</summary>
    private static bool IsKept(string field) => field switch
    {
        "exif-ifd0-Orientation" => false,
        _ when field.StartsWith("exif-ifd1-", StringComparison.Ordinal) => false,
        _ => field.StartsWith(ExifPrefix, StringComparison.Ordinal) || field.StartsWith("png-comment-", StringComparison.Ordinal),
    };

    private void SetIptc(VipsImage target, ReadOnlySpan<byte> bare)
    {
        // The other formats have no place for it.
        if (bare.IsEmpty) return;
        if (options.Format == PictureFormat.Jpeg) target.SetBlob(VipsImage.IptcField, IptcRecord.ForJpeg(bare));
        if (options.Format == PictureFormat.Tiff) target.SetBlob(VipsImage.IptcField, IptcRecord.ForTiff(bare));
    }
}
