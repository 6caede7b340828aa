using System.Text;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging.Vips;

/// <summary>Writes pictures. The files carry pixels and, when asked for, an XMP packet; no other metadata.</summary>
internal static class VipsEncoder
{
    /// <summary>From this quality on JPEG keeps colour at full resolution (4:4:4); below it is halved (4:2:0).</summary>
    private const int FullChromaQuality = 91;

    internal static IReadOnlySet<PictureFormat> Formats { get; }
        = new HashSet<PictureFormat> { PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp };

    /// <summary>Refuses options that cannot be followed, before any work is done.</summary>
    internal static void Check(EncodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Formats.Contains(options.Format))
            throw new NotSupportedException($"{options.Format.DisplayName()} pictures cannot be written.");
        if (options.Quality is < 1 or > 100)
            throw new ArgumentOutOfRangeException(nameof(options), options.Quality, "Quality is 1 to 100.");
    }

    internal static unsafe byte[] Encode(Picture picture, EncodeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Check(options);
        picture = picture.In(ColorSpace.Srgb);
        fixed (byte* samples = picture.Samples)
        {
            using var image = VipsImage.FromPinned(samples, picture);
            return Encode(image, options, cancellationToken);
        }
    }

    /// <summary>Writes an 8-bit sRGB or gray image, which stays the caller's.</summary>
    internal static byte[] Encode(VipsImage image, EncodeOptions options, CancellationToken cancellationToken)
    {
        CheckSize(image, options.Format);
        using var prepared = Prepare(image, options);
        var file = prepared.Evaluate(
            source =>
            {
                using var save = new VipsOperation(Saver(options.Format));
                save.Set("in", source);
                SetArguments(save, options);
                return save.Build().Bytes();
            },
            cancellationToken);
        return options is { Format: PictureFormat.Png, Xmp: { } xmp } ? PngXmp.Insert(file, xmp) : file;
    }

    private static VipsImage Prepare(VipsImage image, EncodeOptions options)
    {
        // The copy shares the pixels and has metadata of its own.
        var result = options.KeepMetadata
            ? image.Apply("copy")
            : image.Apply("copy", copy => copy.Set("xres", 1.0).Set("yres", 1.0));
        foreach (var field in result.Fields.Where(field => IsDropped(field, options))) result.Remove(field);
        if (options.Format == PictureFormat.Jpeg && result.HasAlpha) result = OverBackground(result, options.Background);
        if (WritesXmp(options)) result.SetBlob(VipsImage.XmpField, Encoding.UTF8.GetBytes(options.Xmp!));
        return result;
    }

    /// <summary>
    /// Fields are removed one by one, for libvips before 8.15 has only all or nothing. When metadata is kept three go nevertheless: the
    /// profile, for the pixels are sRGB now; the thumbnail, for it shows the old picture; and an XMP packet that another one replaces.
    /// libvips' notes to itself, such as that rows come in order, stay.
    /// </summary>
    private static bool IsDropped(string field, EncodeOptions options) => field switch
    {
        VipsImage.ProfileField or VipsImage.ThumbnailField => true,
        VipsImage.XmpField => !options.KeepMetadata || options.Xmp is not null,
        _ => !options.KeepMetadata && !field.StartsWith("vips-", StringComparison.Ordinal),
    };

    private static VipsImage OverBackground(VipsImage image, Rgb background)
    {
        if (image.Bands == 2 && background.IsGray) return image.Then("flatten", flatten => flatten.Set("background", [background.Red]));

        if (image.Bands == 2) image = image.Then("colourspace", convert => convert.Choose("space", "srgb"));
        return image.Then("flatten", flatten => flatten.Set("background", [background.Red, background.Green, background.Blue]));
    }

    /// <summary>Whether libvips writes the XMP packet; into a PNG it is put by <see cref="PngXmp"/>.</summary>
    private static bool WritesXmp(EncodeOptions options) => options.Xmp is not null && options.Format != PictureFormat.Png;

    private static string Saver(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpegsave_buffer",
        PictureFormat.Png => "pngsave_buffer",
        PictureFormat.Webp => "webpsave_buffer",
        _ => throw new NotSupportedException($"{format.DisplayName()} pictures cannot be written."),
    };

    private static void SetArguments(VipsOperation save, EncodeOptions options)
    {
        if (VipsLibrary.Version >= new Version(8, 15))
            save.Choose("keep", options.KeepMetadata ? "all" : WritesXmp(options) ? "xmp" : "none");
        else
            save.Set("strip", !options.KeepMetadata && !WritesXmp(options));

        switch (options.Format)
        {
            case PictureFormat.Jpeg:
                var quality = options.Quality ?? 90;
                save.Set("Q", quality).Set("optimize_coding", true).Choose("subsample_mode", quality >= FullChromaQuality ? "off" : "on");
                break;
            case PictureFormat.Png:
                save.Set("compression", 6);
                break;
            case PictureFormat.Webp:
                save.Set("Q", options.Quality ?? 85).Set("lossless", options.Lossless);
                break;
        }
    }

    private static void CheckSize(VipsImage image, PictureFormat format)
    {
        var longest = format switch
        {
            PictureFormat.Jpeg => 65_500,
            PictureFormat.Webp => 16_383,
            _ => int.MaxValue,
        };
        if (image.Width > longest || image.Height > longest)
        {
            throw new PictureTooLargeException(
                $"The picture is {image.Width}×{image.Height} pixels; a {format.DisplayName()} picture has at most {longest:N0} a side.");
        }
    }
}
