using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Sizes, crops and resampling.</content>
public abstract partial class PictureCodecContract
{
    [Fact]
    public void Every_way_to_scale_gives_exactly_the_promised_size()
    {
        var random = PrintedRandom();
        var wide = new PictureLimits(MaxSide: 10_000_000);
        PictureFormat[] formats = [PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp];
        for (var i = 0; i < 150; i++)
        {
            var picture = TestPictures.Gradient(Side(), Side(), i % 4 == 0 ? PixelFormat.Rgba : PixelFormat.Rgb);
            int? width = random.Next(5) == 0 ? null : Side(), height = width is not null && random.Next(3) == 0 ? null : Side();
            var size = new ScaledSize(width, height, (FitMode)random.Next(3), AllowEnlarge: random.Next(4) > 0);
            var format = formats[i % formats.Length];
            var orientation = format == PictureFormat.Jpeg ? random.Next(1, 9) : 1;
            var file = Codec.Encode(picture, new EncodeOptions(format));
            if (format == PictureFormat.Jpeg) file = JpegFile.WithExif(file, orientation);
            var label = $"{picture.Width}×{picture.Height} {format} with orientation {orientation} to {size}";

            var upright = orientation >= 5 ? size.For(picture.Height, picture.Width) : size.For(picture.Width, picture.Height);
            if (upright.Width * (long)upright.Height < 4_000_000)
            {
                var scaled = Codec.DecodeScaled(file, size, wide);
                (scaled.Width, scaled.Height).ShouldBe(upright, label);
            }

            var plain = size.For(picture.Width, picture.Height);
            if (plain.Width * (long)plain.Height < 4_000_000)
            {
                var resized = Codec.Resize(picture, size);
                (resized.Width, resized.Height).ShouldBe(plain, label);
                resized.Format.ShouldBe(picture.Format);
            }
        }

        int Side() => random.Next(4) == 0 ? random.Next(1, 8) : random.Next(1, 700);
    }

    [Theory]
    [InlineData(100, 75, FitMode.Fit)]
    [InlineData(101, 53, FitMode.Fit)]
    [InlineData(90, 90, FitMode.Fill)]
    [InlineData(37, 111, FitMode.Fill)]
    [InlineData(64, 200, FitMode.Exact)]
    [InlineData(300, 20, FitMode.Exact)]
    public void A_thumbnail_is_the_decoded_picture_made_smaller(int width, int height, FitMode mode)
    {
        var size = new ScaledSize(width, height, mode);
        foreach (var (format, worst) in new[] { (PictureFormat.Jpeg, 1.0), (PictureFormat.Png, 0.01), (PictureFormat.Webp, 0.5) })
        {
            // Sides that 8 divides, so that a JPEG decoder is free to shrink by any factor.
            var file = Codec.Encode(TestPictures.Photo(640, 480, seed: 8), new EncodeOptions(format));
            var thumbnail = Codec.DecodeScaled(file, size, PictureLimits.Default);

            PictureAssert.Similar(thumbnail, Codec.Resize(Codec.Decode(file, PictureLimits.Default), size), meanDifference: worst);
        }
    }

    [Theory]
    [InlineData(641, 479)]
    [InlineData(1001, 667)]
    [InlineData(1023, 1025)]
    public void A_thumbnail_of_a_jpeg_of_odd_size_is_not_shifted(int width, int height)
    {
        foreach (var side in new[] { 30, 60, 150, 250 })
        {
            // Waves eight result pixels long: smooth enough to look the same through any filter, steep enough to betray a shift.
            var step = 2 * MathF.PI / (8f * Math.Max(width, height) / side);
            var waves = TestPictures.Paint(width, height, PixelFormat.Rgb, (x, y) =>
                new TestPictures.Sample(0.5f + (0.4f * MathF.Sin(x * step)), 0.5f + (0.4f * MathF.Sin(y * step)), 0.5f));
            var file = Codec.Encode(waves, new EncodeOptions(PictureFormat.Jpeg, 95));
            var size = new ScaledSize(side, side);

            var thumbnail = Codec.DecodeScaled(file, size, PictureLimits.Default);

            PictureAssert.Similar(thumbnail, Codec.Resize(Codec.Decode(file, PictureLimits.Default), size), maxDifference: 10);
        }
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.37)]
    [InlineData(0.1)]
    public void Shrinking_is_close_to_exact_lanczos_resampling(double scale)
    {
        var photo = TestPictures.Photo(300, 220, seed: 9);
        int width = (int)Math.Round(300 * scale), height = (int)Math.Round(220 * scale);

        PictureAssert.Similar(
            Codec.Resize(photo, new ScaledSize(width, height, FitMode.Exact)),
            Lanczos.Resize(photo, width, height),
            meanDifference: 1.5,
            psnr: 40);
    }

    [Fact]
    public void Enlarging_is_smooth_and_stays_in_place()
    {
        var gradient = TestPictures.Gradient(64, 48);
        var enlarged = Codec.Resize(gradient, new ScaledSize(256, 192));

        PictureAssert.Similar(Codec.Resize(enlarged, new ScaledSize(64, 48)), gradient, maxDifference: 4, meanDifference: 0.6);
    }

    [Theory]
    [InlineData(31, 57)]
    [InlineData(200, 150)]
    [InlineData(500, 11)]
    public void A_flat_colour_stays_exactly_that_colour(int width, int height)
    {
        foreach (var alpha in new byte[] { 255, 128, 3 })
        {
            var color = new byte[] { 201, 77, 13, alpha };
            var resized = Codec.Resize(Flat(120, 90, color), new ScaledSize(width, height, FitMode.Exact));

            PictureAssert.Same(resized, Flat(width, height, color));
        }

        static Picture Flat(int width, int height, byte[] color)
            => new(width, height, PixelFormat.Rgba, [.. Enumerable.Repeat(color, width * height).SelectMany(pixel => pixel)]);
    }

    [Fact]
    public void The_colour_of_transparent_pixels_does_not_bleed_into_the_edge()
    {
        // Opaque red beside fully transparent green: whatever is visible of the result must be red.
        var picture = TestPictures.Paint(
            200, 100, PixelFormat.Rgba, (x, _) => x < 101 ? new TestPictures.Sample(1, 0, 0) : new TestPictures.Sample(0, 1, 0, 0));
        var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Png));

        ScaledSize[] sizes = [new(50, 25), new(50, 100, FitMode.Exact), new(333, 150, FitMode.Exact)];
        foreach (var size in sizes)
        {
            foreach (var result in new[] { Codec.Resize(picture, size), Codec.DecodeScaled(file, size, PictureLimits.Default) })
            {
                for (var pixel = 0; pixel < result.Samples.Length; pixel += 4)
                {
                    if (result.Samples[pixel + 3] == 0) continue;
                    result.Samples[pixel].ShouldBeGreaterThan((byte)250);
                    result.Samples[pixel + 1].ShouldBeLessThan((byte)5);
                }
            }
        }
    }

    [Fact]
    public void Filling_a_box_keeps_the_middle()
    {
        // A band of white in the middle of black, as wide as the box shows.
        var picture = TestPictures.Paint(
            300, 100, PixelFormat.Rgb, (x, _) => x is >= 100 and < 200 ? new TestPictures.Sample(1, 1, 1) : default);

        PictureAssert.Same(
            Codec.Resize(picture, new ScaledSize(100, 100, FitMode.Fill)), TestPictures.Solid(100, 100, Rgb.White));
    }

    [Fact]
    public void A_picture_that_may_not_be_enlarged_stays_as_it_is()
    {
        var picture = TestPictures.Texture(40, 30, seed: 3);
        var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Png));
        var size = new ScaledSize(400, 400, AllowEnlarge: false);

        Codec.Resize(picture, size).ShouldBeSameAs(picture);
        PictureAssert.Same(Codec.DecodeScaled(file, size, PictureLimits.Default), picture);
    }

    [Fact]
    public void Transcoding_is_decoding_scaled_and_encoding()
    {
        var photo = TestPictures.Photo(400, 300, seed: 10);
        var file = JpegFile.WithExif(Codec.Encode(photo, new EncodeOptions(PictureFormat.Jpeg)), orientation: 8);
        var size = new ScaledSize(120, 120, FitMode.Fill);

        var atOnce = Codec.Transcode(file, size, new EncodeOptions(PictureFormat.Png), PictureLimits.Default);

        PictureAssert.Same(
            Codec.Decode(atOnce, PictureLimits.Default), Codec.DecodeScaled(file, size, PictureLimits.Default));
    }

    [Fact]
    public void A_result_beyond_the_limits_is_refused()
    {
        var file = Codec.Encode(TestPictures.Gradient(100, 100), new EncodeOptions(PictureFormat.Png));

        Should.Throw<PictureTooLargeException>(
            () => Codec.DecodeScaled(file, new ScaledSize(100_000, 100_000, FitMode.Exact), PictureLimits.Default));
    }
}
