using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging.Vips;

/// <summary>Files that only libvips itself can make for these tests.</summary>
public sealed class VipsDecodeTests
{
    private readonly VipsPictureCodec codec = new VipsPictureCodec();

    [Fact]
    public void A_cmyk_jpeg_becomes_srgb()
    {
        var photo = Muted();
        var jpeg = Save(photo, "jpegsave_buffer", save => save.Set("Q", 100), ToCmyk);

        PictureAssert.Similar(codec.Decode(jpeg, PictureLimits.Default), photo, psnr: 28);
        var half = new ScaledSize(64, 48);
        PictureAssert.Similar(codec.DecodeScaled(jpeg, half, PictureLimits.Default), codec.Resize(photo, half), psnr: 28);
        var leaves = Save(TestPictures.Photo(96, 72, seed: 34), "tiffsave_buffer", save => save.Choose("compression", "lzw"), ToCmyk);
        GoldenPicture.Verify(codec.Decode(leaves, PictureLimits.Default), "Imaging", "cmyk-tiff");
    }

    [Fact]
    public void A_cmyk_jpeg_without_a_profile_becomes_srgb_by_a_generic_one()
    {
        var photo = Muted();
        var jpeg = Save(photo, "jpegsave_buffer", save => save.Set("Q", 100).Set("strip", true), ToCmyk);

        codec.Probe(jpeg).HasProfile.ShouldBeFalse();
        PictureAssert.Similar(codec.Decode(jpeg, PictureLimits.Default), photo, psnr: 28);
    }

    [Fact]
    public void A_progressive_jpeg_and_an_interlaced_png_are_read_like_others()
    {
        var photo = TestPictures.Photo(150, 100, seed: 21);
        var progressive = Save(photo, "jpegsave_buffer", save => save.Set("Q", 95).Set("interlace", true));
        var baseline = Save(photo, "jpegsave_buffer", save => save.Set("Q", 95));
        var interlaced = Save(photo, "pngsave_buffer", save => save.Set("interlace", true));

        PictureAssert.Similar(
            codec.Decode(progressive, PictureLimits.Default), codec.Decode(baseline, PictureLimits.Default), maxDifference: 1);
        PictureAssert.Same(codec.Decode(interlaced, PictureLimits.Default), photo);
        Should.Throw<PictureFormatException>(() => codec.Decode(interlaced.AsMemory(0, interlaced.Length / 2), PictureLimits.Default));
        Should.Throw<PictureFormatException>(() => codec.Decode(progressive.AsMemory(0, progressive.Length / 2), PictureLimits.Default));
    }

    [Theory]
    [InlineData(PictureFormat.Gif, "gifsave_buffer", 20)]
    [InlineData(PictureFormat.Webp, "webpsave_buffer", 24)]
    [InlineData(PictureFormat.Tiff, "tiffsave_buffer", 90)]
    public void Of_several_frames_the_first_is_read(PictureFormat format, string saver, double psnr)
    {
        var first = TestPictures.Photo(60, 40, seed: 22);
        var frames = new Picture(60, 120, PixelFormat.Rgb, [.. first.Samples, .. TestPictures.Static(60, 80, seed: 23).Samples]);
        var file = Save(frames, saver, _ => { }, image =>
        {
            var copy = image.Then("copy");
            VipsNative.ImageSetInt(copy, "page-height", 40);
            return copy;
        });

        var header = codec.Probe(file);
        (header.Format, header.Width, header.Height, header.Frames).ShouldBe((format, 60, 40, 3));
        PictureAssert.Similar(codec.Decode(file, PictureLimits.Default).As(PixelFormat.Rgb), first, psnr: psnr);
        Should.Throw<PictureTooLargeException>(() => codec.Decode(file, new PictureLimits(MaxFrames: 2))).Message.ShouldContain("3 frames");
    }

    [Fact]
    public void An_avif_is_read()
    {
        var shapes = TestPictures.SoftShapes(96, 64);
        var file = Save(shapes, "heifsave_buffer", save => save.Choose("compression", "av1").Set("lossless", true));

        codec.Probe(file).ShouldBe(new PictureHeader(PictureFormat.Avif, 96, 64, HasAlpha: true));
        var decoded = codec.Decode(file, PictureLimits.Default);
        PictureAssert.Similar(decoded, shapes, psnr: 30);
        Should.Throw<PictureFormatException>(() => codec.Decode(file.AsMemory(0, file.Length / 2), PictureLimits.Default));
    }

    [Theory]
    [InlineData("ushort")]
    [InlineData("float")]
    public void A_tiff_of_deeper_samples_becomes_eight_bits(string depth)
    {
        var photo = TestPictures.Photo(50, 40, seed: 24);
        var file = Save(photo, "tiffsave_buffer", save => save.Choose("compression", "deflate"), image => depth == "ushort"
            ? image.Then("colourspace", convert => convert.Choose("space", "rgb16"))
            : image.Then("colourspace", convert => convert.Choose("space", "scrgb")));

        PictureAssert.Similar(codec.Decode(file, PictureLimits.Default), photo, maxDifference: 1);
    }

    [Fact]
    public void A_lab_tiff_becomes_srgb()
    {
        var photo = TestPictures.Photo(50, 40, seed: 25);
        var file = Save(photo, "tiffsave_buffer", _ => { }, image => image.Then("colourspace", convert => convert.Choose("space", "lab")));

        PictureAssert.Similar(codec.Decode(file, PictureLimits.Default), photo, maxDifference: 2);
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg, 8)]
    [InlineData(PictureFormat.Png, 8)]
    [InlineData(PictureFormat.Png, 900)]
    public void A_running_decode_stops_when_the_token_fires(PictureFormat format, int width)
    {
        var file = codec.Encode(TestPictures.Gradient(1000, 1000), new EncodeOptions(format));
        using var cancellation = new CancellationTokenSource();

        // The pixels are asked for without the token: it is the decoder that has to stop.
        Should.Throw<OperationCanceledException>(() => VipsPictureCodec.Read(
            file,
            new ScaledSize(width, null),
            PictureLimits.Default,
            image =>
            {
                cancellation.Cancel();
                return image.ToBytes(CancellationToken.None);
            },
            cancellation.Token));
    }

    [Fact]
    public void A_running_encode_stops_when_the_token_fires()
    {
        var file = codec.Encode(TestPictures.Gradient(1000, 1000), new EncodeOptions(PictureFormat.Png));
        using var source = VipsPictureSource.Open(file);
        using var image = source.Load(shrink: 1, strict: false);
        using var cancellation = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => image.Evaluate(
            running =>
            {
                cancellation.Cancel();
                return running.ToBytes(CancellationToken.None);
            },
            cancellation.Token));
    }

    [Fact]
    public void An_error_does_not_quote_the_warnings_of_earlier_pictures()
    {
        var jpeg = codec.Encode(TestPictures.Gradient(40, 30), new EncodeOptions(PictureFormat.Jpeg));
        byte[] badProfile = [.. IccProfile.AdobeRgb.Bytes.AsSpan(0, 128), 255, 255, 255, 255];
        var withBadProfile = JpegFile.WithProfile(jpeg, badProfile);
        codec.Decode(withBadProfile, PictureLimits.Default).Width.ShouldBe(40);

        var lie = PngFile.Write(64, 640, 8, PngFile.Rgb, PngFile.BlankRows(64, 192));
        Should.Throw<PictureFormatException>(() => codec.Decode(lie, PictureLimits.Default))
            .Message.ShouldNotContain("Icc");
    }

    /// <summary>Colours that ink can print.</summary>
    private static Picture Muted() => TestPictures.Paint(128, 96, PixelFormat.Rgb, (x, y) =>
        new TestPictures.Sample(0.35f + (0.3f * x / 127f), 0.4f + (0.2f * y / 95f), 0.45f + (0.1f * MathF.Sin(x / 20f))));

    private static VipsImage ToCmyk(VipsImage image) => image.Then("icc_transform", transform =>
        transform.Set("output_profile", "cmyk").Set("input_profile", "srgb").Choose("intent", "perceptual"));

    private static unsafe byte[] Save(
        Picture picture, string saver, Action<VipsOperation> arguments, Func<VipsImage, VipsImage>? prepare = null)
    {
        VipsLibrary.Start();
        fixed (byte* samples = picture.Samples)
        {
            using var image = prepare is null ? VipsImage.FromPinned(samples, picture) : prepare(VipsImage.FromPinned(samples, picture));
            using var save = new VipsOperation(saver);
            arguments(save.Set("in", image));
            return save.Build().Bytes();
        }
    }
}
