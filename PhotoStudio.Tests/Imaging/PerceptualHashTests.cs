using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging;

public sealed class PerceptualHashTests
{
    private static readonly Picture Photo = TestPictures.Photo(640, 480, seed: 11);

    [Theory]
    [InlineData(PictureFormat.Jpeg, 40)]
    [InlineData(PictureFormat.Webp, 30)]
    [InlineData(PictureFormat.Png, 90)]
    public void The_same_picture_in_another_size_and_format_has_nearly_the_same_hash(PictureFormat format, int quality)
    {
        var small = TestFiles.Codec.Resize(Photo, new ScaledSize(150, null));
        Distance(HashOf(Photo), HashOf(TestFiles.Encode(small, format, quality))).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Brighter_and_with_a_line_drawn_across_it_is_still_alike()
    {
        var brighter = TestPictures.Paint(640, 480, PixelFormat.Rgb, (x, y) =>
        {
            var at = ((y * 640) + x) * 3;
            float Level(int channel) => y is > 236 and < 240 ? 0 : Math.Min(1, (Photo.Samples[at + channel] / 255f * 0.85f) + 0.12f);
            return new TestPictures.Sample(Level(0), Level(1), Level(2));
        });
        Distance(HashOf(Photo), HashOf(brighter)).ShouldBeLessThanOrEqualTo(PerceptualHash.UsualDistance);
    }

    [Fact]
    public void Different_pictures_have_far_hashes()
    {
        var hashes = Enumerable.Range(0, 12).Select(seed => HashOf(TestPictures.Photo(160, 120, seed))).ToList();
        for (var i = 0; i < hashes.Count; i++)
        {
            for (var j = 0; j < i; j++) Distance(hashes[i], hashes[j]).ShouldBeGreaterThan(PerceptualHash.UsualDistance);
        }
    }

    [Fact]
    public void What_is_transparent_counts_as_white()
    {
        var shapes = TestPictures.SoftShapes(200, 200);
        var onWhite = TestFiles.Decode(TestFiles.Codec.Encode(shapes, new EncodeOptions(PictureFormat.Jpeg, Background: Rgb.White)));
        Distance(HashOf(shapes), HashOf(onWhite)).ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3000, 2)]
    public void Any_picture_has_a_hash(int width, int height) =>
        HashOf(TestFiles.Encode(TestPictures.Solid(width, height, new Rgb(9, 9, 9)), PictureFormat.Png)).ShouldBeOfType<long>();

    private static long HashOf(Picture picture) => HashOf(TestFiles.Encode(picture, PictureFormat.Png));

    private static long HashOf(byte[] file) => PerceptualHash.Of(TestFiles.Codec, file, PictureLimits.Default);

    private static int Distance(long a, long b) => BitOperations.PopCount((ulong)(a ^ b));
}
