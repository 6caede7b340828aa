using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging.Vips;

/// <summary>Counts what libvips holds, which belongs to the whole process: nothing else may run beside it.</summary>
[CollectionDefinition(nameof(VipsHandleTests), DisableParallelization = true)]
[Collection(nameof(VipsHandleTests))]
public sealed class VipsHandleTests
{
    private readonly VipsPictureCodec codec = new VipsPictureCodec();

    [Fact]
    public void After_five_hundred_decodes_good_and_bad_nothing_is_left()
    {
        var photo = TestPictures.Photo(120, 90, seed: 1);
        var jpeg = codec.Encode(photo, new EncodeOptions(PictureFormat.Jpeg));
        var png = codec.Encode(TestPictures.SoftShapes(80, 60), new EncodeOptions(PictureFormat.Png));
        var turned = JpegFile.WithProfile(JpegFile.WithExif(jpeg, orientation: 6), IccProfile.AdobeRgb.Bytes);
        Action[] uses =
        [
            () => codec.Decode(jpeg, PictureLimits.Default),
            () => codec.Decode(turned, PictureLimits.Default),
            () => codec.DecodeScaled(png, new ScaledSize(30, 30, FitMode.Fill), PictureLimits.Default),
            () => codec.Transcode(turned, new ScaledSize(40, null), new EncodeOptions(PictureFormat.Webp), PictureLimits.Default),
            () => codec.Resize(photo, new ScaledSize(50, 50, FitMode.Fill)),
            () => codec.Probe(turned),
            () => Should.Throw<PictureFormatException>(() => codec.Decode(jpeg.AsMemory(0, 1500), PictureLimits.Default)),
            () => Should.Throw<PictureFormatException>(() => codec.Decode(png.AsMemory(0, 40), PictureLimits.Default)),
            () => Should.Throw<PictureFormatException>(
                () => codec.DecodeScaled(png.AsMemory(0, 400), new ScaledSize(9, 9), PictureLimits.Default)),
            () => Should.Throw<PictureTooLargeException>(() => codec.Decode(jpeg, new PictureLimits(MaxPixels: 10))),
        ];
        foreach (var use in uses) use();
        int objects = VipsDiagnostics.LiveObjects;
        var memory = VipsDiagnostics.PixelMemory;

        for (var i = 0; i < 500; i++) uses[i % uses.Length]();

        VipsDiagnostics.LiveObjects.ShouldBe(objects);
        VipsDiagnostics.PixelMemory.ShouldBeLessThanOrEqualTo(memory + 1_000_000);
    }

    [Fact]
    public void An_image_is_given_back_once_however_often_it_is_disposed()
    {
        var before = VipsDiagnostics.LiveObjects;
        using var source = VipsPictureSource.Open(codec.Encode(TestPictures.Gradient(20, 20), new EncodeOptions(PictureFormat.Png)));
        var image = source.Load(shrink: 1, strict: false);
        var inverted = image.Apply("invert");

        image.Dispose();
        image.Dispose();
        inverted.ToBytes(CancellationToken.None).Length.ShouldBe(1200);
        inverted.Dispose();
        inverted.Dispose();

        VipsDiagnostics.LiveObjects.ShouldBe(before);
        Should.Throw<ObjectDisposedException>(() => image.Width);
    }

    [Fact]
    public void A_failed_operation_leaves_nothing()
    {
        using var source = VipsPictureSource.Open(codec.Encode(TestPictures.Gradient(20, 20), new EncodeOptions(PictureFormat.Png)));
        using var image = source.Load(shrink: 1, strict: false);
        var before = VipsDiagnostics.LiveObjects;

        for (var i = 0; i < 20; i++)
        {
            Should.Throw<VipsException>(() => image.Apply("extract_band", extract => extract.Set("band", 7)))
                .Message.ShouldContain("extract_band");
            Should.Throw<VipsException>(() => new VipsOperation("no_such_operation")).Message.ShouldContain("no_such_operation");
            Should.Throw<VipsException>(() => image.Apply("resize", resize => resize.Choose("kernel", "no such kernel")));
        }

        VipsDiagnostics.LiveObjects.ShouldBe(before);
    }
}
