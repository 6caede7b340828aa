using System.Numerics;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Crop;

public sealed class CropEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Rgba)]
    public async Task A_box_is_cut_out_as_libvips_does(PixelFormat format)
    {
        var picture = TestPictures.Static(64, 48, seed: 5, format);
        var expected = VipsReference.Apply(
            picture, "extract_area", area => area.Set("left", 11).Set("top", 7).Set("width", 30).Set("height", 41), input: "input");

        PictureAssert.Same(await studio.RunAsync("crop", picture, """{"x":11,"y":7,"width":30,"height":41}"""), expected);
    }

    [Fact]
    public async Task A_box_of_the_whole_picture_changes_nothing()
    {
        var picture = TestPictures.Static(31, 17, seed: 2);

        PictureAssert.Same(await studio.RunAsync("crop", picture, """{"x":0,"y":0,"width":31,"height":17}"""), picture);
    }

    [Theory]
    [InlineData("center", 20, 10)]
    [InlineData("top", 20, 0)]
    [InlineData("north-east", 41, 0)]
    [InlineData("east", 41, 10)]
    [InlineData("south_east", 41, 21)]
    [InlineData("south", 20, 21)]
    [InlineData("south-west", 0, 21)]
    [InlineData("west", 0, 10)]
    [InlineData("north-west", 0, 0)]
    public async Task Gravity_places_the_box(string gravity, int x, int y)
    {
        var picture = TestPictures.Static(61, 41, seed: 6);

        var cropped = await studio.RunAsync("crop", picture, $$"""{"width":20,"height":20,"gravity":"{{gravity}}"}""");

        PictureAssert.Same(cropped, PixelMoves.Box(picture, x, y, 20, 20));
    }

    [Theory]
    [InlineData("1:1", 120, 120)]
    [InlineData("16:9", 160, 90)]
    [InlineData("9:16", 68, 120)]
    public async Task An_aspect_ratio_takes_the_largest_box(string ratio, int width, int height)
    {
        var cropped = await studio.RunAsync("crop", TestPictures.Gradient(160, 120), $$"""{"aspect_ratio":"{{ratio}}"}""");

        (cropped.Width, cropped.Height).ShouldBe((width, height));
    }

    [Theory]
    [InlineData(60, 120)]
    [InlineData(200, 120)]
    [InlineData(330, 120)]
    public async Task Smart_keeps_the_subject_wherever_it_is(int centerX, int centerY)
    {
        var picture = Disc(400, 240, centerX, centerY, 36);

        var cropped = await studio.RunAsync("crop", picture, """{"aspect_ratio":"2:3","gravity":"smart"}""");

        (cropped.Width, cropped.Height).ShouldBe((160, 240));
        Orange(cropped).ShouldBe(Orange(picture), "the whole disc is inside");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Smart_would_rather_keep_a_face_than_something_gaudy(bool faceOnTheRight)
    {
        var portrait = new DrawnPortrait { EyeDistance = 50, EyesMiddle = new(150, 130), Background = new(0.5f, 0.52f, 0.5f) };
        var drawn = portrait.Paint(300, 300);
        var shift = faceOnTheRight ? 600 : 0;
        var picture = TestPictures.Paint(900, 300, PixelFormat.Rgb, (x, y) =>
        {
            if (x < shift || x >= shift + 300) return new Vector2(Math.Abs(x - 450) - 300, y - 150).Length() < 90 ? new(1, 0.2f, 0) : new(0.5f, 0.52f, 0.5f);
            var sample = drawn.Row(y).Slice((x - shift) * 3, 3);
            return new(sample[0] / 255f, sample[1] / 255f, sample[2] / 255f);
        });

        var cropped = await studio.RunAsync("crop", picture, """{"aspect_ratio":"1:1","gravity":"smart"}""");

        Enumerable.Range(0, 601).Where(left => cropped.Row(120).SequenceEqual(picture.Row(120).Slice(left * 3, 900)))
            .ShouldContain(left => Math.Abs(left - shift) < 90, "the face is inside");
    }

    [Fact]
    public async Task Smart_works_on_gray_on_alpha_and_on_a_flat_picture()
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            (await studio.RunAsync("crop", Disc(200, 100, 150, 50, 20).As(format), """{"width":64,"height":64,"gravity":"smart"}""")).Width.ShouldBe(64);
            (await studio.RunAsync("crop", new Picture(90, 50, format), """{"aspect_ratio":"1:1","gravity":"smart"}""")).Width.ShouldBe(50);
        }

        (await studio.RunAsync("crop", TestPictures.Gradient(2, 1), """{"aspect_ratio":"1:1","gravity":"smart"}""")).Width.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"x":50,"y":0,"width":15,"height":10}""")]
    [InlineData("""{"x":0,"y":48,"width":1,"height":1}""")]
    [InlineData("""{"width":65,"height":10}""")]
    [InlineData("""{"x":16383,"y":16383,"width":16384,"height":16384}""")]
    public async Task A_box_beyond_the_picture_is_refused(string parameters)
    {
        var fault = await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("crop", TestPictures.Gradient(64, 48), parameters));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "box_outside_picture"));
        fault.Message.ShouldContain("64×48");
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_before_the_box()
    {
        // Upright, the blue quarter is above on the left.
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg, 95), 6);

        var output = await studio.RunAsync("crop", file, """{"x":0,"y":0,"width":40,"height":40}""");

        var pixel = TestFiles.Decode(output.File).Row(20).Slice(20 * 3, 3).ToArray();
        pixel[2].ShouldBeGreaterThan((byte)200);
        pixel[0].ShouldBeLessThan((byte)60);
    }

    private static Picture Disc(int width, int height, int centerX, int centerY, int radius) =>
        TestPictures.Paint(width, height, PixelFormat.Rgb, (x, y) =>
        {
            var inside = ((x - centerX) * (x - centerX)) + ((y - centerY) * (y - centerY)) < radius * radius;
            var ripple = 0.04f * ((x / 5) % 2);
            return inside ? new(0.95f, 0.5f + ripple, 0.1f) : new(0.15f + ripple, 0.25f, 0.4f);
        });

    private static int Orange(Picture picture)
    {
        var count = 0;
        for (var at = 0; at < picture.Samples.Length; at += 3)
            if (picture.Samples[at] > 200) count++;
        return count;
    }
}
