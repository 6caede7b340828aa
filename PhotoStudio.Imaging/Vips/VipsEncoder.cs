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

    internal static unsafe byte[] Encode(Picture picture, EncodeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(options);
        if (!Formats.Contains(options.Format)) throw new NotSupportedException($"{options.Format.DisplayName()} pictures cannot be written.");
        if (options.Quality is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(options), options.Quality, "Quality is 1 to 100.");
        CheckSize(picture, options.Format);
        cancellationToken.ThrowIfCancellationRequested();

        picture = picture.In(ColorSpace.Srgb);
        if (options.Format == PictureFormat.Jpeg && picture.Format == PixelFormat.GrayAlpha && !options.Background.IsGray)
            picture = picture.As(PixelFormat.Rgba);

        fixed (byte* samples = picture.Samples)
        {
            using var image = Prepare(VipsImage.FromPinned(samples, picture), options);
            return image.Evaluate(
                source =>
                {
                    using var save = new VipsOperation(Saver(options.Format));
                    save.Set("in", source);
                    SetArguments(save, options);
                    return save.Build().Bytes();
                },
                cancellationToken);
        }
    }

    private static VipsImage Prepare(VipsImage image, EncodeOptions options)
    {
        if (options.Format == PictureFormat.Jpeg && image.HasAlpha)
        {
            var (red, green, blue) = (options.Background.Red, options.Background.Green, options.Background.Blue);
            double[] background = image.Bands == 2 ? [red] : [red, green, blue];
            image = image.Then("flatten", flatten => flatten.Set("background", background));
        }

        if (options.Xmp is { } xmp) image.SetBlob(VipsImage.XmpField, Encoding.UTF8.GetBytes(xmp));
        return image;
    }

    private static string Saver(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpegsave_buffer",
        PictureFormat.Png => "pngsave_buffer",
        PictureFormat.Webp => "webpsave_buffer",
        _ => throw new NotSupportedException($"{format.DisplayName()} pictures cannot be written."),
    };

    private static void SetArguments(VipsOperation save, EncodeOptions options)
    {
        // Before 8.15 there is only all or nothing; the image carries nothing but what was set on it here.
        if (VipsLibrary.Version >= new Version(8, 15)) save.Choose("keep", options.Xmp is null ? "none" : "xmp");
        else save.Set("strip", options.Xmp is null);

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

    private static void CheckSize(Picture picture, PictureFormat format)
    {
        var longest = format switch
        {
            PictureFormat.Jpeg => 65_500,
            PictureFormat.Webp => 16_383,
            _ => int.MaxValue,
        };
        if (picture.Width > longest || picture.Height > longest)
        {
            throw new PictureTooLargeException(
                $"The picture is {picture.Width}×{picture.Height} pixels; a {format.DisplayName()} picture has at most {longest:N0} a side.");
        }
    }
}
