using System.Text;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IPictureCodec"/> does. An adapter's test class inherits it.</summary>
public abstract partial class PictureCodecContract(ITestOutputHelper output)
{
    /// <summary>Widths and heights at and around the block sizes of the formats.</summary>
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 7 }, { 17, 1 }, { 2, 2 }, { 15, 16 }, { 33, 41 }, { 256, 255 } };

    /// <summary>The adapter.</summary>
    protected abstract IPictureCodec Codec { get; }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_png_keeps_every_sample(int width, int height)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var picture = TestPictures.Texture(width, height, seed: width, format);
            var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Png));

            PictureAssert.Same(Codec.Decode(file, PictureLimits.Default), picture);
            Codec.Probe(file).ShouldBe(new PictureHeader(PictureFormat.Png, width, height, picture.HasAlpha));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_lossless_webp_keeps_every_sample(int width, int height)
    {
        foreach (var format in new[] { PixelFormat.Rgb, PixelFormat.Rgba })
        {
            var picture = TestPictures.Gradient(width, height, format);
            var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Webp, Lossless: true));

            // A file may leave out an alpha that is opaque everywhere.
            PictureAssert.Same(Codec.Decode(file, PictureLimits.Default).As(format), picture);
            (Codec.Probe(file) with { HasAlpha = false }).ShouldBe(new PictureHeader(PictureFormat.Webp, width, height));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_jpeg_has_the_size_and_channels_of_the_picture(int width, int height)
    {
        foreach (var format in new[] { PixelFormat.Gray, PixelFormat.Rgb })
        {
            var picture = TestPictures.Gradient(width, height, format);
            var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Jpeg, Quality: 100));

            PictureAssert.Similar(Codec.Decode(file, PictureLimits.Default), picture, meanDifference: 2.5);
            Codec.Probe(file).ShouldBe(new PictureHeader(PictureFormat.Jpeg, width, height));
        }
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg, 32)]
    [InlineData(PictureFormat.Webp, 33)]
    public void The_default_quality_keeps_a_photo_looking_the_same(PictureFormat format, double psnr)
    {
        var photo = TestPictures.Photo(320, 240, seed: 5);
        var file = Codec.Encode(photo, new EncodeOptions(format));

        PictureAssert.Similar(Codec.Decode(file, PictureLimits.Default), photo, psnr: psnr);
        file.Length.ShouldBeLessThan(photo.Samples.Length / 4);
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Webp)]
    public void More_quality_is_closer_to_the_picture_and_takes_more_bytes(PictureFormat format)
    {
        var photo = TestPictures.Photo(200, 150, seed: 6);
        byte[] low = Codec.Encode(photo, new EncodeOptions(format, 30)), high = Codec.Encode(photo, new EncodeOptions(format, 95));

        high.Length.ShouldBeGreaterThan(low.Length);
        Psnr(high).ShouldBeGreaterThan(Psnr(low));

        double Psnr(byte[] file) => PictureDifference.Between(Codec.Decode(file, PictureLimits.Default), photo).Psnr;
    }

    [Fact]
    public void A_lossy_webp_keeps_soft_alpha()
    {
        var shapes = TestPictures.SoftShapes(160, 120);
        var decoded = Codec.Decode(Codec.Encode(shapes, new EncodeOptions(PictureFormat.Webp)), PictureLimits.Default);

        PictureAssert.Similar(Alpha(decoded), Alpha(shapes), maxDifference: 2);
    }

    [Theory]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.GrayAlpha)]
    public void A_jpeg_shows_the_background_through_transparent_pixels(PixelFormat format)
    {
        var background = new Rgb(250, 200, 40);
        var picture = TestPictures.SoftShapes(96, 64).As(format);
        var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Jpeg, 100, Background: background));

        var source = picture.As(PixelFormat.Rgba);
        var expected = TestPictures.Paint(96, 64, PixelFormat.Rgb, (x, y) =>
        {
            var pixel = source.Row(y).Slice(x * 4, 4);
            return new TestPictures.Sample(background.Red / 255f, background.Green / 255f, background.Blue / 255f)
                .Mix(new TestPictures.Sample(pixel[0] / 255f, pixel[1] / 255f, pixel[2] / 255f), pixel[3] / 255f);
        });
        PictureAssert.Similar(Codec.Decode(file, PictureLimits.Default), expected, psnr: 38);
    }

    [Fact]
    public void A_picture_in_linear_light_is_written_as_srgb()
    {
        var linear = new Picture(1, 1, PixelFormat.Rgba, [55, 128, 255, 77], ColorSpace.LinearSrgb);
        var decoded = Codec.Decode(Codec.Encode(linear, new EncodeOptions(PictureFormat.Png)), PictureLimits.Default);

        decoded.Samples.ShouldBe([128, 188, 255, 77]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_out_of_range_is_refused(int quality)
        => Should.Throw<ArgumentOutOfRangeException>(
            () => Codec.Encode(TestPictures.Gradient(4, 4), new EncodeOptions(PictureFormat.Jpeg, quality)));

    [Fact]
    public void A_format_that_cannot_be_written_is_refused_by_name()
        => Should.Throw<NotSupportedException>(() => Codec.Encode(TestPictures.Gradient(4, 4), new EncodeOptions(PictureFormat.Heic)))
            .Message.ShouldContain("HEIC");

    [Theory]
    [InlineData(PictureFormat.Jpeg, 70_000)]
    [InlineData(PictureFormat.Webp, 16_400)]
    public void A_picture_longer_than_the_format_allows_is_refused_with_the_limit(PictureFormat format, int width)
        => Should.Throw<PictureTooLargeException>(() => Codec.Encode(new Picture(width, 1, PixelFormat.Gray), new EncodeOptions(format)))
            .Message.ShouldContain(format.DisplayName());

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Webp)]
    public void Metadata_is_stripped_and_only_the_given_xmp_is_written(PictureFormat format)
    {
        var packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>a mark</x:xmpmeta>";
        var jpeg = Codec.Encode(TestPictures.Photo(64, 48, seed: 7), new EncodeOptions(PictureFormat.Jpeg));
        var source = JpegFile.WithProfile(JpegFile.WithExif(jpeg, orientation: 6), IccProfile.AdobeRgb.Bytes);
        source = JpegFile.InsertApp(source, 1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'>a secret</x:xmpmeta>"u8);

        var plain = Codec.Transcode(source, null, new EncodeOptions(format), PictureLimits.Default);
        var marked = Codec.Transcode(source, null, new EncodeOptions(format, Xmp: packet), PictureLimits.Default);

        Text(source).ShouldContain("nobody");
        string[] ofTheSource = ["nobody", "secret", "ICC", "iCC"];
        foreach (var trace in ofTheSource) Text(marked).ShouldNotContain(trace);
        foreach (var trace in ofTheSource.Concat(["Exif", "EXIF", "eXIf", "xmpmeta"])) Text(plain).ShouldNotContain(trace);
        Text(marked).ShouldContain(packet);
        Codec.Probe(marked).ShouldBe(new PictureHeader(format, 48, 64));

        static string Text(byte[] file) => Encoding.Latin1.GetString(file);
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Webp)]
    public void Metadata_is_kept_when_asked_for_except_what_is_no_longer_true(PictureFormat format)
    {
        var jpeg = Codec.Encode(TestPictures.Photo(64, 48, seed: 7), new EncodeOptions(PictureFormat.Jpeg));
        var source = JpegFile.WithProfile(JpegFile.WithExif(jpeg, orientation: 6), IccProfile.AdobeRgb.Bytes);

        var kept = Codec.Transcode(source, null, new EncodeOptions(format, Metadata: MetadataPolicy.Keep), PictureLimits.Default);

        Encoding.Latin1.GetString(kept).ShouldContain("all rights reserved by nobody");
        Codec.Probe(kept).ShouldBe(new PictureHeader(format, 48, 64, Orientation: 1, HasProfile: false));
    }

    [Fact]
    public async Task Eight_threads_get_the_same_results_as_one()
    {
        var photos = Enumerable.Range(0, 8).Select(seed => TestPictures.Photo(160 + seed, 120, seed)).ToArray();
        var expected = photos.Select(RoundTrip).ToArray();
        var damaged = Codec.Encode(photos[0], new EncodeOptions(PictureFormat.Jpeg))[..^400];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 160),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            (i, _) =>
            {
                if (i % 5 == 0) Should.Throw<PictureFormatException>(() => Codec.Decode(damaged, PictureLimits.Default));
                else PictureAssert.Same(RoundTrip(photos[i % 8]), expected[i % 8]);
                return ValueTask.CompletedTask;
            });

        Picture RoundTrip(Picture photo)
        {
            var jpeg = Codec.Encode(photo, new EncodeOptions(PictureFormat.Jpeg));
            var small = Codec.DecodeScaled(jpeg, new ScaledSize(50, null), PictureLimits.Default);
            var webp = Codec.Encode(Codec.Resize(small, new ScaledSize(64, 64, FitMode.Fill)), new EncodeOptions(PictureFormat.Webp));
            return Codec.Decode(webp, PictureLimits.Default);
        }
    }

    [Fact]
    public void A_token_that_has_fired_stops_everything()
    {
        var token = new CancellationToken(canceled: true);
        var picture = TestPictures.Gradient(64, 64);
        var file = Codec.Encode(picture, new EncodeOptions(PictureFormat.Png));
        var half = new ScaledSize(32, null);

        Should.Throw<OperationCanceledException>(() => Codec.Decode(file, PictureLimits.Default, token));
        Should.Throw<OperationCanceledException>(() => Codec.DecodeScaled(file, half, PictureLimits.Default, token));
        Should.Throw<OperationCanceledException>(() => Codec.Resize(picture, half, token));
        Should.Throw<OperationCanceledException>(() => Codec.Encode(picture, new EncodeOptions(PictureFormat.Png), token));
        Should.Throw<OperationCanceledException>(
            () => Codec.Transcode(file, half, new EncodeOptions(PictureFormat.Png), PictureLimits.Default, token));
    }

    /// <summary>The alpha of a picture, as gray.</summary>
    protected static Picture Alpha(Picture picture)
    {
        var samples = new byte[picture.Width * picture.Height];
        for (var i = 0; i < samples.Length; i++) samples[i] = picture.Samples[(i * picture.Channels) + picture.Channels - 1];
        return new Picture(picture.Width, picture.Height, PixelFormat.Gray, samples);
    }

    /// <summary>A random number generator whose seed is in the test's output.</summary>
    protected Random PrintedRandom()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
