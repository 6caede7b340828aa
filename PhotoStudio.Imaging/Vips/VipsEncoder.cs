using System.Text;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging.Vips;

/// <summary>Writes pictures. The files carry pixels and the metadata that are asked for, and no others.</summary>
internal static class VipsEncoder
{
    /// <summary>From this quality on JPEG keeps colour at full resolution (4:4:4); below it is halved (4:2:0).</summary>
    private const int FullChromaQuality = 91;

    /// <summary>libvips' VIPS_MAX_COORD: frames lie below one another in one image, which cannot be higher.</summary>
    private const int HighestImage = 10_000_000;

    /// <summary>
    /// From this many pixels on, all frames together, the search for a GIF's palette is cut short: choosing 256 colours by looking at every
    /// pixel takes as long as everything else, and the file is only a fourteenth smaller for it.
    /// </summary>
    private const long ManyGifPixels = 2_000_000;

    internal static IReadOnlySet<PictureFormat> Formats { get; } = new HashSet<PictureFormat>
    {
        PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp, PictureFormat.Gif, PictureFormat.Tiff, PictureFormat.Avif,
    };

    internal static IReadOnlySet<PictureFormat> AnimatedFormats { get; }
        = new HashSet<PictureFormat> { PictureFormat.Webp, PictureFormat.Gif };

    /// <summary>Refuses options that cannot be followed, before any work is done.</summary>
    internal static void Check(EncodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Formats.Contains(options.Format))
            throw new NotSupportedException($"{options.Format.DisplayName()} pictures cannot be written.");
        if (options.Quality is < 1 or > 100)
            throw new ArgumentOutOfRangeException(nameof(options), options.Quality, "Quality is 1 to 100.");
        if (options.Effort is < 1 or > 10)
            throw new ArgumentOutOfRangeException(nameof(options), options.Effort, "Effort is 1 to 10.");
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

    internal static unsafe byte[] Encode(Animation animation, EncodeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(animation);
        Check(options);
        var first = animation.Frames[0];
        if (animation.Frames.Count == 1 || !AnimatedFormats.Contains(options.Format)) return Encode(first, options, cancellationToken);

        CheckSize(first.Width, first.Height, options.Format);
        var height = (long)first.Height * animation.Frames.Count;
        if (height > HighestImage)
            throw new PictureTooLargeException($"The animation has {height:N0} rows in all; at most {HighestImage:N0} can be written.");

        var samples = GC.AllocateUninitializedArray<byte>(checked((int)(height * first.Stride)));
        foreach (var (index, frame) in animation.Frames.Index())
            frame.In(ColorSpace.Srgb).Samples.CopyTo(samples.AsSpan(index * first.Samples.Length));

        var roll = new Picture(first.Width, (int)height, first.Format, samples);
        fixed (byte* pinned = roll.Samples)
        {
            using var image = VipsImage.FromPinned(pinned, roll);
            return Save(image, options, animation, cancellationToken);
        }
    }

    /// <summary>Writes an 8-bit sRGB or gray image, which stays the caller's.</summary>
    internal static byte[] Encode(VipsImage image, EncodeOptions options, CancellationToken cancellationToken)
    {
        CheckSize(image.Width, image.Height, options.Format);
        return Save(image, options, animation: null, cancellationToken);
    }

    private static byte[] Save(VipsImage image, EncodeOptions options, Animation? animation, CancellationToken cancellationToken)
    {
        var (prepared, xmp) = Prepare(image, options, animation);
        using (prepared)
        {
            var file = prepared.Evaluate(
                source =>
                {
                    using var save = new VipsOperation(Saver(options.Format));
                    save.Set("in", source);
                    var keeps = xmp is not null || options.Metadata != MetadataPolicy.Strip;
                    SetArguments(save, options, (long)source.Width * source.Height, keeps);
                    return save.Build().Bytes();
                },
                cancellationToken);
            return (options.Format, xmp) switch
            {
                (PictureFormat.Png, not null) => PngXmp.Insert(file, xmp),
                (PictureFormat.Gif, not null) => GifXmp.Insert(file, xmp),
                _ => file,
            };
        }
    }

    /// <summary>The image to write, with the metadata that go with it, and the XMP packet.</summary>
    private static (VipsImage Image, string? Xmp) Prepare(VipsImage image, EncodeOptions options, Animation? animation)
    {
        using var metadata = new VipsMetadata(options);
        var (x, y) = metadata.Resolution;

        // The copy shares the pixels and has metadata of its own. Fields are removed one by one, for libvips before 8.15 has only all or
        // nothing; libvips' notes to itself, such as that rows come in order, stay.
        var result = image.Apply("copy", copy => copy.Set("xres", x).Set("yres", y));
        foreach (var field in result.Fields.Where(field => !field.StartsWith("vips-", StringComparison.Ordinal))) result.Remove(field);
        if (options.Format == PictureFormat.Jpeg && result.HasAlpha) result = OverBackground(result, options.Background);

        var xmp = metadata.CarryTo(result);
        if (xmp is not null && !IsInserted(options.Format)) result.SetBlob(VipsImage.XmpField, Encoding.UTF8.GetBytes(xmp));
        if (animation is not null) result.SetFrames(animation.Frames[0].Height, animation.Delays, animation.Loops);
        return (result, xmp);
    }

    private static VipsImage OverBackground(VipsImage image, Rgb background)
    {
        if (image.Bands == 2 && background.IsGray) return image.Then("flatten", flatten => flatten.Set("background", [background.Red]));

        if (image.Bands == 2) image = image.Then("colourspace", convert => convert.Choose("space", "srgb"));
        return image.Then("flatten", flatten => flatten.Set("background", [background.Red, background.Green, background.Blue]));
    }

    /// <summary>Whether the XMP packet is put into the file afterwards, for libvips does not write it or not as it should be.</summary>
    private static bool IsInserted(PictureFormat format) => format is PictureFormat.Png or PictureFormat.Gif;

    private static string Saver(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "jpegsave_buffer",
        PictureFormat.Png => "pngsave_buffer",
        PictureFormat.Webp => "webpsave_buffer",
        PictureFormat.Gif => "gifsave_buffer",
        PictureFormat.Tiff => "tiffsave_buffer",
        PictureFormat.Avif => "heifsave_buffer",
        _ => throw new NotSupportedException($"{format.DisplayName()} pictures cannot be written."),
    };

    private static void SetArguments(VipsOperation save, EncodeOptions options, long pixels, bool keeps)
    {
        // What is not kept has been removed from the image.
        if (VipsLibrary.Version >= new Version(8, 15)) save.Choose("keep", keeps ? "all" : "none");
        else save.Set("strip", !keeps);

        switch (options.Format)
        {
            case PictureFormat.Jpeg:
                var quality = options.Quality ?? 90;
                save.Set("Q", quality).Set("optimize_coding", true).Choose("subsample_mode", quality >= FullChromaQuality ? "off" : "on");
                if (options.Effort >= 8) save.Set("interlace", true);
                break;
            case PictureFormat.Png:
                save.Set("compression", options.Effort is { } png ? png - 1 : 6);
                break;
            case PictureFormat.Webp:
                save.Set("Q", options.Quality ?? 85).Set("lossless", options.Lossless).Set("effort", Scaled(options.Effort, 6, usual: 4));
                if (options.Lossless && VipsLibrary.Version >= new Version(8, 16)) save.Set("exact", true);
                break;
            case PictureFormat.Gif:
                save.Set("effort", options.Effort ?? (pixels > ManyGifPixels ? 4 : 7));
                break;
            case PictureFormat.Tiff:
                save.Choose("compression", "deflate").Choose("predictor", "horizontal");
                if (options.Effort is { } tiff) save.Set("level", Math.Min(9, tiff));
                break;
            case PictureFormat.Avif:
                save.Choose("compression", "av1").Set("Q", options.Quality ?? 65).Set("lossless", options.Lossless)
                    .Set("effort", Scaled(options.Effort, 9, usual: 3));
                break;
        }
    }

    /// <summary>An effort of 1–10 on an encoder's own scale from 0.</summary>
    private static int Scaled(int? effort, int most, int usual) => effort is { } given ? (int)Math.Round((given - 1) * most / 9.0) : usual;

    private static void CheckSize(int width, int height, PictureFormat format)
    {
        var longest = format.LongestSide();
        if (width > longest || height > longest)
        {
            throw new PictureTooLargeException(
                $"The picture is {width}×{height} pixels; a {format.DisplayName()} picture has at most {longest:N0} a side.");
        }
    }
}
