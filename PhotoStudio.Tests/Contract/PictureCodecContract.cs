using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="IPictureCodec"/> does. An adapter's test class inherits it.</summary>
public abstract partial class PictureCodecContract
{
    /// <summary>The adapter.</summary>
    protected abstract IPictureCodec Codec { get; }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(17, 1)]
    [InlineData(33, 41)]
    [InlineData(256, 255)]
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
}
