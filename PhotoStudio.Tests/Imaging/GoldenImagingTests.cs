using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Xunit;

namespace PhotoStudio.Tests.Imaging;

/// <summary>What decoding and resizing looked like when somebody last looked.</summary>
public sealed class GoldenImagingTests
{
    private static readonly Picture Photo = TestPictures.Photo(320, 240, seed: 31);

    [Theory]
    [InlineData(FitMode.Fit, 96, 96)]
    [InlineData(FitMode.Fill, 64, 96)]
    [InlineData(FitMode.Exact, 96, 40)]
    public void A_thumbnail_looks_as_before(FitMode mode, int width, int height)
        => GoldenPicture.Verify(
            TestFiles.Codec.DecodeScaled(
                TestFiles.Encode(Photo, PictureFormat.Jpeg), new ScaledSize(width, height, mode), PictureLimits.Default),
            "Imaging",
            $"thumbnail-{mode}");

    [Fact]
    public void An_enlargement_looks_as_before()
        => GoldenPicture.Verify(
            TestFiles.Codec.Resize(TestPictures.SoftShapes(24, 18), new ScaledSize(96, 72)), "Imaging", "enlarged-soft-shapes");

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Webp)]
    public void A_file_of_low_quality_looks_as_before(PictureFormat format)
        => GoldenPicture.Verify(
            TestFiles.Decode(TestFiles.Encode(TestPictures.Photo(96, 72, seed: 32), format, quality: 40)),
            "Imaging",
            $"low-quality-{format}",
            maxDifference: 40,
            psnr: 38);

    [Fact]
    public void Colours_of_another_profile_look_as_before()
        => GoldenPicture.Verify(
            TestFiles.Decode(PngFile.Insert(
                TestFiles.Encode(TestPictures.Photo(96, 72, seed: 33), PictureFormat.Png),
                PngFile.ProfileChunk(IccProfile.Exchanged.Bytes))),
            "Imaging",
            "profile-red-green-exchanged");

    [Fact]
    public void Wide_gamut_profiles_look_as_before()
    {
        var stored = TestPictures.Photo(96, 72, seed: 33);
        var adobe = PngFile.Insert(TestFiles.Encode(stored, PictureFormat.Png), PngFile.ProfileChunk(IccProfile.AdobeRgb.Bytes));
        var display = JpegFile.WithProfile(TestFiles.Encode(stored, PictureFormat.Jpeg, quality: 95), IccProfile.DisplayP3.Bytes);

        GoldenPicture.Verify(TestFiles.Decode(adobe), "Imaging", "adobe-rgb-png");
        GoldenPicture.Verify(TestFiles.Decode(display), "Imaging", "display-p3-jpeg");
    }

    [Fact]
    public void Sixteen_bit_gray_with_alpha_looks_as_before()
    {
        var shapes = TestPictures.SoftShapes(64, 48).As(PixelFormat.GrayAlpha);
        var rows = Enumerable.Range(0, 48).Select(y => shapes.Row(y).ToArray().SelectMany(level => new[] { level, (byte)(255 - level) }).ToArray());

        GoldenPicture.Verify(TestFiles.Decode(PngFile.Write(64, 48, 16, PngFile.GrayAlpha, rows)), "Imaging", "gray-alpha-16-bit");
    }

    [Fact]
    public void A_palette_with_transparency_looks_as_before()
    {
        var palette = Enumerable.Range(0, 16).SelectMany(i => new[] { (byte)(i * 17), (byte)(255 - (i * 11)), (byte)(i * i) }).ToArray();
        var rows = Enumerable.Range(0, 48).Select(y => Enumerable.Range(0, 32).Select(x => (byte)(((x + y) % 16) | ((x * y % 16) << 4))).ToArray());
        var png = PngFile.Write(64, 48, 4, PngFile.Palette, rows, ("PLTE", palette), ("tRNS", [0, 64, 128, 192]));

        GoldenPicture.Verify(TestFiles.Decode(png), "Imaging", "palette-with-transparency");
    }

    [Theory]
    [InlineData(PictureFormat.Avif)]
    [InlineData(PictureFormat.Gif)]
    [InlineData(PictureFormat.Tiff)]
    public void What_is_written_in_the_other_formats_looks_as_before(PictureFormat format)
        => GoldenPicture.Verify(
            TestFiles.Decode(TestFiles.Encode(TestPictures.SoftShapes(96, 72), format)), "Imaging", $"written-{format}", maxDifference: 60, psnr: 30);
}
