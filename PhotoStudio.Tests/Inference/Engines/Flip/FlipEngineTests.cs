using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Flip;

public sealed class FlipEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Rgba)]
    public async Task Every_pixel_is_where_libvips_puts_it(PixelFormat format)
    {
        var picture = TestPictures.Static(67, 41, seed: 3, format);
        var across = VipsReference.Apply(picture, "flip", flip => flip.Choose("direction", "horizontal"));

        PictureAssert.Same(await studio.RunAsync("flip", picture, "{}"), across);
        PictureAssert.Same(
            await studio.RunAsync("flip", picture, """{"direction":"vertical"}"""),
            VipsReference.Apply(picture, "flip", flip => flip.Choose("direction", "vertical")));
        PictureAssert.Same(
            await studio.RunAsync("flip", picture, """{"direction":"both"}"""),
            VipsReference.Apply(across, "flip", flip => flip.Choose("direction", "vertical")));
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg, 95), 6);

        var output = await studio.RunAsync("flip", file, """{"output_format":"png"}""");

        var upright = TestFiles.Decode(file);
        (output.Width, output.Height).ShouldBe((120, 160));
        PictureAssert.Same(TestFiles.Decode(output.File), VipsReference.Apply(upright, "flip", flip => flip.Choose("direction", "horizontal")));
        TestFiles.Codec.Probe(output.File).Orientation.ShouldBe(1);
    }
}
