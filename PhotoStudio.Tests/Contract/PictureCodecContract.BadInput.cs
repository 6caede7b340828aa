using System.IO.Compression;
using System.Text;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Files that are not what they should be.</content>
public abstract partial class PictureCodecContract
{
    /// <summary>The formats that every codec reads.</summary>
    public static TheoryData<PictureFormat> Formats => new() { PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_truncated_file_is_refused_with_a_clear_error(PictureFormat format)
    {
        var file = Codec.Encode(TestPictures.Photo(200, 150, seed: 11), new EncodeOptions(format));
        foreach (var kept in new[] { 0.1, 0.5, 0.9, 0.98 })
        {
            var truncated = file.AsMemory(0, (int)(file.Length * kept));

            var exception = Should.Throw<PictureFormatException>(() => Codec.Decode(truncated, PictureLimits.Default), $"{kept:P0}");
            exception.Message.ShouldStartWith($"The {format.DisplayName()} picture");
            Should.Throw<PictureFormatException>(() => Codec.DecodeScaled(truncated, new ScaledSize(50, 50), PictureLimits.Default));
            Should.Throw<PictureFormatException>(
                () => Codec.Transcode(truncated, new ScaledSize(50, 50), new EncodeOptions(PictureFormat.Png), PictureLimits.Default));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_cut_inside_its_header_is_refused_at_the_probe(PictureFormat format)
    {
        var file = Codec.Encode(TestPictures.Photo(60, 40, seed: 12), new EncodeOptions(format));

        for (var length = 0; length < 20; length++)
            Should.Throw<PictureFormatException>(() => Codec.Probe(file.AsMemory(0, length)), $"{length} bytes");
    }

    [Fact]
    public void Nothing_is_refused_as_an_empty_file()
        => Should.Throw<PictureFormatException>(() => Codec.Probe(default)).Message.ShouldContain("empty file");

    [Fact]
    public void A_zip_by_the_name_of_a_picture_is_refused_as_what_it_is()
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("photo.jpg").Open().Dispose();

        Should.Throw<PictureFormatException>(() => Codec.Decode(archive.ToArray(), PictureLimits.Default))
            .Message.ShouldStartWith("This is a ZIP archive, not a picture");
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "an SVG drawing")]
    [InlineData("\uFEFF<?xml version='1.0'?>\n<!-- a drawing -->\n<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing")]
    [InlineData("%PDF-1.7\n%âãÏÓ", "a PDF document")]
    [InlineData("<!DOCTYPE html><title>404</title>", "an HTML page")]
    [InlineData("just words", "text")]
    public void Documents_are_refused_as_what_they_are(string document, string name)
        => Should.Throw<PictureFormatException>(() => Codec.Probe(Encoding.UTF8.GetBytes(document)))
            .Message.ShouldStartWith($"This is {name}, not a picture");

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = PrintedRandom();
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            Should.Throw<PictureFormatException>(() => Codec.Decode(bytes, PictureLimits.Default));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Random_bytes_behind_the_right_signature_are_refused(PictureFormat format)
    {
        var random = PrintedRandom();
        var real = Codec.Encode(TestPictures.Gradient(30, 20), new EncodeOptions(format));
        for (var i = 0; i < 100; i++)
        {
            var bytes = new byte[random.Next(40, 3000)];
            random.NextBytes(bytes);
            real.AsSpan(0, 16).CopyTo(bytes);
            Should.Throw<Exception>(() => Codec.Decode(bytes, PictureLimits.Default))
                .GetType().ShouldBeOneOf(typeof(PictureFormatException), typeof(PictureTooLargeException));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_file_is_decoded_to_the_promised_size_or_refused(PictureFormat format)
    {
        var random = PrintedRandom();
        var real = Codec.Encode(TestPictures.Photo(90, 70, seed: 13), new EncodeOptions(format));
        var limits = new PictureLimits(MaxPixels: 4_000_000);
        for (var i = 0; i < 300; i++)
        {
            var bytes = real.ToArray();
            for (var hit = random.Next(1, 6); hit > 0; hit--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            Exception? refusal = null;
            try
            {
                var decoded = Codec.Decode(bytes, limits);
                var header = Codec.Probe(bytes);
                (decoded.Width, decoded.Height).ShouldBe((header.Width, header.Height));
            }
            catch (Exception exception) when (exception is PictureFormatException or PictureTooLargeException)
            {
                refusal = exception;
            }

            refusal?.Message.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [InlineData(1, 500_000_000)]
    [InlineData(500_000_000, 1)]
    [InlineData(60_000, 60_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_png_header_that_promises_too_much_is_refused_before_anything_is_decoded(int width, int height)
    {
        var bomb = PngFile.Write(width, height, 8, PngFile.Rgb, PngFile.BlankRows(1, 3));

        var header = Codec.Probe(bomb);
        (header.Width, header.Height).ShouldBe((width, height));
        Should.Throw<PictureTooLargeException>(() => Codec.Decode(bomb, PictureLimits.Default)).Message.ShouldContain($"{width}×{height}");
        Should.Throw<PictureTooLargeException>(() => Codec.DecodeScaled(bomb, new ScaledSize(64, 64), PictureLimits.Default));
        Should.Throw<PictureTooLargeException>(
            () => Codec.Transcode(bomb, new ScaledSize(64, 64), new EncodeOptions(PictureFormat.Jpeg), PictureLimits.Default));
    }

    [Fact]
    public void A_jpeg_header_that_promises_too_much_is_refused_before_anything_is_decoded()
    {
        var small = Codec.Encode(TestPictures.Gradient(32, 32), new EncodeOptions(PictureFormat.Jpeg));
        var bomb = JpegFile.WithSize(small, 60_000, 60_000);

        (Codec.Probe(bomb) is { Width: 60_000, Height: 60_000 }).ShouldBeTrue();
        Should.Throw<PictureTooLargeException>(() => Codec.Decode(bomb, PictureLimits.Default)).Message.ShouldContain("60000×60000");
        Should.Throw<PictureTooLargeException>(
            () => Codec.Decode(bomb, new PictureLimits(MaxSide: 65_535))).Message.ShouldContain("3,600,000,000");
    }

    [Fact]
    public void Headers_that_promise_more_than_the_data_hold_are_refused()
    {
        var jpeg = Codec.Encode(TestPictures.Photo(64, 64, seed: 14), new EncodeOptions(PictureFormat.Jpeg));
        var lies = new[]
        {
            JpegFile.WithSize(jpeg, 64, 640),
            JpegFile.WithSize(jpeg, 640, 64),
            PngFile.Write(64, 640, 8, PngFile.Rgb, PngFile.BlankRows(64, 64 * 3)),
            PngFile.Write(640, 64, 8, PngFile.Rgb, PngFile.BlankRows(64, 64 * 3)),
            PngFile.Write(64, 64, 16, PngFile.Rgba, PngFile.BlankRows(64, 64 * 3)),
        };

        Codec.Decode(jpeg, PictureLimits.Default).Height.ShouldBe(64);
        foreach (var lie in lies) Should.Throw<PictureFormatException>(() => Codec.Decode(lie, PictureLimits.Default));
    }

    [Fact]
    public void Harmless_oddities_in_a_jpeg_are_tolerated()
    {
        var photo = TestPictures.Photo(64, 48, seed: 15);
        var jpeg = Codec.Encode(photo, new EncodeOptions(PictureFormat.Jpeg));
        byte[] strayBytesBeforeTheEnd = [.. jpeg[..^2], 1, 2, 3, .. jpeg[^2..]];

        PictureAssert.Same(Codec.Decode(strayBytesBeforeTheEnd, PictureLimits.Default), Codec.Decode(jpeg, PictureLimits.Default));
    }

    [Fact]
    public void The_limits_are_the_callers()
    {
        var file = Codec.Encode(TestPictures.Gradient(100, 80), new EncodeOptions(PictureFormat.Png));

        Should.Throw<PictureTooLargeException>(() => Codec.Decode(file, new PictureLimits(MaxPixels: 7_999)))
            .Message.ShouldBe("The picture has 8,000 pixels; at most 7,999 are accepted.");
        Should.Throw<PictureTooLargeException>(() => Codec.Decode(file, new PictureLimits(MaxSide: 99)))
            .Message.ShouldBe("The picture is 100×80 pixels; a side may have at most 99.");
        Codec.Decode(file, new PictureLimits(MaxPixels: 8_000, MaxSide: 100)).Width.ShouldBe(100);
    }

    [Fact]
    public void A_file_with_bytes_behind_its_end_is_still_read()
    {
        foreach (var format in new[] { PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp })
        {
            var file = Codec.Encode(TestPictures.Gradient(30, 20), new EncodeOptions(format));
            Codec.Decode((byte[])[.. file, .. new byte[100]], PictureLimits.Default).Width.ShouldBe(30);
        }
    }
}
