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
}
