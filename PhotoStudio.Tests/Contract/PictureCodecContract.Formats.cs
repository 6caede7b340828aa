using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>TIFF, AVIF and GIF, effort, and animations.</content>
public abstract partial class PictureCodecContract
{
    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_tiff_keeps_every_sample(int width, int height)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var picture = TestPictures.Texture(width, height, seed: width, format);
            var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Tiff));

            PictureAssert.Same(Codec.Decode(file, PictureLimits.Default), picture);
            Codec.Probe(file).ShouldBe(new PictureHeader(PictureFormat.Tiff, width, height, picture.HasAlpha));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 9)]
    [InlineData(130, 97)]
    public void A_lossless_avif_keeps_every_sample(int width, int height)
    {
        foreach (var format in new[] { PixelFormat.Rgb, PixelFormat.Rgba })
        {
            var picture = TestPictures.Texture(width, height, seed: height, format);
            var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Avif, Lossless: true));

            PictureAssert.Same(Codec.Decode(file, PictureLimits.Default), picture);
            Codec.Probe(file).ShouldBe(new PictureHeader(PictureFormat.Avif, width, height, picture.HasAlpha));
        }
    }

    [Fact]
    public void A_lossless_webp_keeps_the_colour_of_transparent_pixels_too()
    {
        var picture = TestPictures.Paint(
            32, 24, PixelFormat.Rgba, (x, y) => new TestPictures.Sample(x / 31f, y / 23f, 0.5f, (x + y) % 3 == 0 ? 0 : 1));

        PictureAssert.Same(
            Codec.Decode(Codec.Encode(picture, new EncodeOptions(PictureFormat.Webp, Lossless: true)), PictureLimits.Default), picture);
    }

    [Fact]
    public void The_default_quality_of_avif_keeps_a_photo_looking_the_same_in_few_bytes()
    {
        var photo = TestPictures.Photo(320, 240, seed: 5);
        byte[] avif = Codec.Encode(photo, new EncodeOptions(PictureFormat.Avif)), jpeg = Codec.Encode(photo, new EncodeOptions(PictureFormat.Jpeg));

        PictureAssert.Similar(Codec.Decode(avif, PictureLimits.Default), photo, psnr: 32);
        avif.Length.ShouldBeLessThan(jpeg.Length);
    }

    [Fact]
    public void A_gif_has_256_colours_that_fit_and_hard_transparency()
    {
        var shapes = TestPictures.SoftShapes(120, 90);
        var gif = Codec.Decode(Codec.Encode(shapes, new EncodeOptions(PictureFormat.Gif)), PictureLimits.Default);
        var photo = TestPictures.Photo(160, 120, seed: 9);

        gif.HasAlpha.ShouldBeTrue();
        Alpha(gif).Samples.ShouldAllBe(alpha => alpha == 0 || alpha == 255);
        PictureAssert.Similar(
            Codec.Decode(Codec.Encode(photo, new EncodeOptions(PictureFormat.Gif)), PictureLimits.Default).As(PixelFormat.Rgb), photo, psnr: 25);
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Webp)]
    [InlineData(PictureFormat.Tiff)]
    [InlineData(PictureFormat.Avif)]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Jpeg)]
    public void Effort_takes_no_more_bytes_and_shows_the_same(PictureFormat format)
    {
        var photo = TestPictures.Photo(160, 120, seed: 4);
        byte[] fast = Codec.Encode(photo, new EncodeOptions(format, Effort: 1)), small = Codec.Encode(photo, new EncodeOptions(format, Effort: 10));

        small.Length.ShouldBeLessThanOrEqualTo(fast.Length + (fast.Length / 50));
        PictureAssert.Similar(Codec.Decode(small, PictureLimits.Default), Codec.Decode(fast, PictureLimits.Default), psnr: 24);
        Should.Throw<ArgumentOutOfRangeException>(() => Codec.Encode(photo, new EncodeOptions(format, Effort: 11)));
    }

    [Theory]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Webp)]
    public void An_animation_keeps_frames_delays_and_loops(PictureFormat format)
    {
        var animation = TestPictures.Moving(48, 32, frames: 5, loops: 3);
        var file = Codec.Encode(animation, new EncodeOptions(format, Lossless: format == PictureFormat.Webp));

        var header = Codec.Probe(file);
        (header.Width, header.Height, header.Frames, header.IsAnimation).ShouldBe((48, 32, 5, true));
        var read = Codec.DecodeFrames(file, size: null, PictureLimits.Default);
        read.Delays.ShouldBe(animation.Delays);
        read.Loops.ShouldBe(3);
        foreach (var (frame, expected) in read.Frames.Zip(animation.Frames)) PictureAssert.Same(frame.As(PixelFormat.Rgb), expected);
        PictureAssert.Same(Codec.Decode(file, PictureLimits.Default).As(PixelFormat.Rgb), animation.Frames[0]);
    }

    [Theory]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Webp)]
    public void An_animation_that_plays_forever_does_so_afterwards(PictureFormat format)
    {
        var file = Codec.Encode(TestPictures.Moving(16, 16, frames: 2, loops: 0), new EncodeOptions(format));

        Codec.DecodeFrames(file, size: null, PictureLimits.Default).Loops.ShouldBe(0);
    }

    [Fact]
    public void Every_frame_is_resized_like_a_picture()
    {
        var animation = TestPictures.Moving(64, 48, frames: 4, loops: 0);
        var file = Codec.Encode(animation, new EncodeOptions(PictureFormat.Webp, Lossless: true));
        var size = new ScaledSize(20, 20, FitMode.Fill);

        var small = Codec.DecodeFrames(file, size, PictureLimits.Default);

        foreach (var (frame, source) in small.Frames.Zip(animation.Frames))
            PictureAssert.Similar(frame.As(PixelFormat.Rgb), Codec.Resize(source, size), psnr: 45);
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Avif)]
    public void A_format_without_animation_gets_the_first_frame(PictureFormat format)
    {
        var animation = TestPictures.Moving(48, 32, frames: 3, loops: 0);
        var file = Codec.Encode(animation, new EncodeOptions(format, Quality: 95));

        (Codec.Probe(file) is { Height: 32, Frames: 1 }).ShouldBeTrue();
        PictureAssert.Similar(Codec.Decode(file, PictureLimits.Default), animation.Frames[0], psnr: 28);
    }

    [Fact]
    public void The_frames_of_a_still_picture_are_the_picture()
    {
        var photo = TestPictures.Photo(60, 40, seed: 3);
        var png = Codec.Encode(photo, new EncodeOptions(PictureFormat.Png));

        PictureAssert.Same(Codec.DecodeFrames(png, size: null, PictureLimits.Default).Frames.ShouldHaveSingleItem(), photo);
        Codec.DecodeFrames(png, new ScaledSize(30, null), PictureLimits.Default).Frames.ShouldHaveSingleItem().Width.ShouldBe(30);
    }

    [Fact]
    public void An_animation_of_too_many_pixels_is_refused_before_it_is_decoded_and_its_first_frame_is_not()
    {
        var file = Codec.Encode(TestPictures.Moving(50, 40, frames: 6, loops: 0), new EncodeOptions(PictureFormat.Gif));
        var limits = new PictureLimits(MaxAnimationPixels: 11_999);

        Should.Throw<PictureTooLargeException>(() => Codec.DecodeFrames(file, size: null, limits)).Message.ShouldContain("12,000 pixels in all");
        Should.Throw<PictureTooLargeException>(
            () => Codec.DecodeFrames(file, new ScaledSize(5_000, 4_000, FitMode.Exact), PictureLimits.Default));
        Codec.Decode(file, limits).Width.ShouldBe(50);
        Codec.DecodeFrames(file, size: null, limits with { MaxAnimationPixels = 12_000 }).Frames.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Webp)]
    public void An_animation_that_is_cut_off_is_refused_or_has_its_frames(PictureFormat format)
    {
        var file = Codec.Encode(TestPictures.Moving(48, 32, frames: 8, loops: 0), new EncodeOptions(format));
        foreach (var kept in new[] { 0.2, 0.5, 0.9 })
        {
            try
            {
                var read = Codec.DecodeFrames(file.AsMemory(0, (int)(file.Length * kept)), size: null, PictureLimits.Default);
                read.Frames.ShouldAllBe(frame => frame.Width == 48 && frame.Height == 32);
            }
            catch (PictureFormatException exception)
            {
                exception.Message.ShouldStartWith($"The {format.DisplayName()} picture");
            }
        }
    }
}
