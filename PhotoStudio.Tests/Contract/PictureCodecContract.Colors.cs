using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <content>Orientation, colour profiles and sample types.</content>
public abstract partial class PictureCodecContract
{
    /// <summary>Profiles by name.</summary>
    public static TheoryData<string> Profiles
        => new() { nameof(IccProfile.AdobeRgb), nameof(IccProfile.DisplayP3), nameof(IccProfile.Exchanged) };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_exif_orientation_is_applied(int orientation)
    {
        var upright = TestPictures.Quarters(48, 32);
        var stored = Stored(upright, orientation);
        var jpeg = JpegFile.WithExif(Codec.Encode(stored, new EncodeOptions(PictureFormat.Jpeg, 100)), orientation);
        var png = PngFile.Insert(Codec.Encode(stored, new EncodeOptions(PictureFormat.Png)), ("eXIf", JpegFile.ExifBlock(orientation)));

        foreach (var file in new[] { jpeg, png })
        {
            var header = Codec.Probe(file);
            (header.Width, header.Height, header.Orientation).ShouldBe((48, 32, orientation));

            PictureAssert.Similar(Codec.Decode(file, PictureLimits.Default), upright, psnr: 35);
            var half = new ScaledSize(24, 16, FitMode.Exact);
            PictureAssert.Similar(
                Codec.DecodeScaled(file, half, PictureLimits.Default), Codec.Resize(upright, half), psnr: 30);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(60_000)]
    public void An_orientation_that_does_not_exist_is_ignored(int orientation)
    {
        var jpeg = JpegFile.WithExif(Codec.Encode(TestPictures.Quarters(48, 32), new EncodeOptions(PictureFormat.Jpeg, 100)), orientation);

        Codec.Probe(jpeg).Orientation.ShouldBe(1);
        PictureAssert.Similar(Codec.Decode(jpeg, PictureLimits.Default), TestPictures.Quarters(48, 32), psnr: 30);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void An_embedded_profile_is_honoured(string name)
    {
        var profile = Profile(name);
        var stored = Muted(PixelFormat.Rgb);
        var expected = profile.ToSrgb(stored);
        var png = PngFile.Insert(Codec.Encode(stored, new EncodeOptions(PictureFormat.Png)), PngFile.ProfileChunk(profile.Bytes));
        var jpeg = JpegFile.WithProfile(Codec.Encode(stored, new EncodeOptions(PictureFormat.Jpeg, 100)), profile.Bytes);

        Codec.Probe(png).HasProfile.ShouldBeTrue();
        PictureAssert.Similar(Codec.Decode(png, PictureLimits.Default), expected, maxDifference: 2, meanDifference: 0.6);
        Codec.Probe(jpeg).HasProfile.ShouldBeTrue();
        PictureAssert.Similar(Codec.Decode(jpeg, PictureLimits.Default), expected, psnr: 40);

        var half = new ScaledSize(40, 30);
        PictureAssert.Similar(
            Codec.DecodeScaled(png, half, PictureLimits.Default), Codec.Resize(expected, half), maxDifference: 4, meanDifference: 1);
    }

    [Fact]
    public void A_profile_leaves_alpha_alone()
    {
        var stored = Muted(PixelFormat.Rgba);
        var png = PngFile.Insert(
            Codec.Encode(stored, new EncodeOptions(PictureFormat.Png)), PngFile.ProfileChunk(IccProfile.Exchanged.Bytes));
        var decoded = Codec.Decode(png, PictureLimits.Default);

        PictureAssert.Same(Alpha(decoded), Alpha(stored));
        PictureAssert.Similar(decoded, IccProfile.Exchanged.ToSrgb(stored), maxDifference: 2, meanDifference: 0.6);
    }

    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    public void A_gray_profile_is_honoured_and_the_picture_stays_gray(PixelFormat format)
    {
        var stored = TestPictures.Gradient(80, 60, format);
        var png = PngFile.Insert(
            Codec.Encode(stored, new EncodeOptions(PictureFormat.Png)), PngFile.ProfileChunk(IccProfile.MacGray.Bytes));

        PictureAssert.Similar(Codec.Decode(png, PictureLimits.Default), IccProfile.MacGray.ToSrgb(stored), maxDifference: 2);
    }

    [Fact]
    public void A_broken_or_unfitting_profile_is_ignored()
    {
        var picture = TestPictures.Gradient(40, 30);
        var jpeg = Codec.Encode(picture, new EncodeOptions(PictureFormat.Jpeg, 100));
        var garbage = IccProfile.AdobeRgb.Bytes.ToArray();
        Array.Fill(garbage, (byte)0xA5, 128, garbage.Length - 128);

        foreach (var profile in new[] { garbage, IccProfile.AdobeRgb.Bytes[..100], IccProfile.MacGray.Bytes, new byte[10] })
        {
            var decoded = Codec.Decode(JpegFile.WithProfile(jpeg, profile), PictureLimits.Default);
            PictureAssert.Similar(decoded, picture, psnr: 38);
        }
    }

    [Theory]
    [InlineData(PngFile.Gray, PixelFormat.Gray)]
    [InlineData(PngFile.GrayAlpha, PixelFormat.GrayAlpha)]
    [InlineData(PngFile.Rgb, PixelFormat.Rgb)]
    [InlineData(PngFile.Rgba, PixelFormat.Rgba)]
    public void Sixteen_bits_a_sample_become_eight(int colorType, PixelFormat format)
    {
        var picture = TestPictures.Gradient(70, 50, format);
        var rows = Enumerable.Range(0, 50).Select(y => picture.Row(y).ToArray().SelectMany(sample => new[] { sample, sample }).ToArray());
        var png = PngFile.Write(70, 50, 16, colorType, rows);

        PictureAssert.Similar(Codec.Decode(png, PictureLimits.Default), picture, maxDifference: 1, meanDifference: 0.05);
        var half = new ScaledSize(35, 25);
        PictureAssert.Similar(
            Codec.DecodeScaled(png, half, PictureLimits.Default), Codec.Resize(picture, half), maxDifference: 1);
    }

    [Fact]
    public void Sixteen_bits_with_a_profile_become_eight_bits_of_srgb()
    {
        var picture = Muted(PixelFormat.Rgba);
        var rows = Enumerable.Range(0, picture.Height)
            .Select(y => picture.Row(y).ToArray().SelectMany(sample => new[] { sample, sample }).ToArray());
        var png = PngFile.Write(
            picture.Width, picture.Height, 16, PngFile.Rgba, rows, PngFile.ProfileChunk(IccProfile.AdobeRgb.Bytes));

        PictureAssert.Similar(Codec.Decode(png, PictureLimits.Default), IccProfile.AdobeRgb.ToSrgb(picture), maxDifference: 2);
    }

    [Fact]
    public void A_palette_gives_its_colours_and_their_alpha()
    {
        byte[] palette = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30];
        byte[][] rows = [[0b00_01_10_11], [0b11_10_01_00]];
        var opaque = PngFile.Write(4, 2, 2, PngFile.Palette, rows, ("PLTE", palette));
        var seeThrough = PngFile.Write(4, 2, 2, PngFile.Palette, rows, ("PLTE", palette), ("tRNS", [255, 128, 0]));

        Codec.Decode(opaque, PictureLimits.Default).Samples
            .ShouldBe([255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 10, 20, 30, 0, 0, 255, 0, 255, 0, 255, 0, 0]);
        Codec.Decode(seeThrough, PictureLimits.Default).Samples.ShouldBe(
        [
            255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 10, 20, 30, 255,
            10, 20, 30, 255, 0, 0, 255, 0, 0, 255, 0, 128, 255, 0, 0, 255,
        ]);
    }

    [Fact]
    public void One_bit_a_sample_becomes_black_and_white()
        => Codec.Decode(PngFile.Write(8, 1, 1, PngFile.Gray, [[0b1010_0110]]), PictureLimits.Default).Samples
            .ShouldBe([255, 0, 255, 0, 0, 255, 255, 0]);

    private static IccProfile Profile(string name) => name switch
    {
        nameof(IccProfile.AdobeRgb) => IccProfile.AdobeRgb,
        nameof(IccProfile.DisplayP3) => IccProfile.DisplayP3,
        _ => IccProfile.Exchanged,
    };

    /// <summary>Colours that lie inside sRGB whichever of the profiles they are read with.</summary>
    private static Picture Muted(PixelFormat format) => TestPictures.Paint(80, 60, format, (x, y) =>
    {
        float u = x / 79f, v = y / 59f;
        return new TestPictures.Sample(0.45f + (0.2f * u), 0.45f + (0.12f * v), 0.42f + (0.2f * (1 - u)), 1 - (0.9f * v));
    });

    /// <summary>How a camera with this orientation stores the picture (CIPA DC-008, 4.6.4): the inverse of what a reader does.</summary>
    private static Picture Stored(Picture upright, int orientation)
    {
        int w = upright.Width, h = upright.Height;
        var (width, height) = orientation >= 5 ? (h, w) : (w, h);
        var stored = new Picture(width, height, upright.Format);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // Rows and columns of the stored picture, as sides of the upright one.
                var (sourceX, sourceY) = orientation switch
                {
                    1 => (x, y),
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (w - 1 - y, x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (y, h - 1 - x),
                };
                upright.Row(sourceY).Slice(sourceX * upright.Channels, upright.Channels).CopyTo(stored.Row(y)[(x * stored.Channels)..]);
            }
        }

        return stored;
    }
}
