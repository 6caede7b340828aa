using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Expand;

public sealed class ExpandEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    public async Task The_original_pixels_stay_exactly_as_they_are(PixelFormat format)
    {
        var picture = TestPictures.Texture(70, 50, seed: 2, format);

        var result = await studio.RunAsync("expand", picture, """{"left":12,"top":9,"right":20,"bottom":3}""");

        (result.Width, result.Height, result.Format).ShouldBe((102, 62, format));
        PictureAssert.Same(PixelMoves.Box(result, 12, 9, 70, 50), picture);
    }

    [Theory]
    [InlineData(60, 40, "16:9", 71, 40)]
    [InlineData(60, 40, "1:1", 60, 60)]
    [InlineData(60, 40, "9:16", 60, 107)]
    [InlineData(60, 40, "3:2", 60, 40)]
    [InlineData(61, 40, "21:9", 93, 40)]
    public async Task An_aspect_ratio_grows_one_pair_of_sides_and_keeps_the_picture_at_the_centre(int width, int height, string ratio, int newWidth, int newHeight)
    {
        var picture = TestPictures.Texture(width, height, seed: 4);

        var result = await studio.RunAsync("expand", picture, $$"""{"aspect_ratio":"{{ratio}}"}""");

        (result.Width, result.Height).ShouldBe((newWidth, newHeight));
        PictureAssert.Same(PixelMoves.Box(result, (newWidth - width) / 2, (newHeight - height) / 2, width, height), picture);
    }

    [Fact]
    public async Task A_gradient_goes_on_as_it_was()
    {
        var picture = TestPictures.Paint(120, 80, PixelFormat.Rgb, (x, _) => new((40 + x) / 255f, (220 - x) / 255f, 0.4f));

        var result = await studio.RunAsync("expand", picture, """{"right":40}""");

        for (var x = 120; x < 160; x++)
        {
            double red = 0, green = 0;
            for (var y = 0; y < 80; y++) (red, green) = (red + (result.Row(y)[x * 3] / 80.0), green + (result.Row(y)[(x * 3) + 1] / 80.0));
            red.ShouldBe(40 + x, 8, $"red of column {x}");
            green.ShouldBe(220 - x, 8, $"green of column {x}");
        }
    }

    [Fact]
    public async Task A_pattern_goes_on_in_step()
    {
        var whole = TestPictures.Checkerboard(160, 96, 8);

        var result = await studio.RunAsync("expand", PixelMoves.Box(whole, 32, 0, 96, 96), """{"left":32,"right":32}""");

        result.Samples.Zip(whole.Samples, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(2);
    }

    [Fact]
    public async Task A_plain_picture_stays_plain()
    {
        var result = await studio.RunAsync("expand", TestPictures.Solid(1, 1, new Rgb(20, 150, 90)), """{"left":5,"bottom":3}""");
        PictureAssert.Similar(result, TestPictures.Solid(6, 4, new Rgb(20, 150, 90)), maxDifference: 0);

        var wide = await studio.RunAsync("expand", TestPictures.Solid(40, 30, new Rgb(20, 150, 90)), """{"aspect_ratio":"3:1"}""");
        PictureAssert.Similar(wide, TestPictures.Solid(90, 30, new Rgb(20, 150, 90)), maxDifference: 1);
    }

    [Fact]
    public async Task The_border_takes_its_alpha_from_the_edge()
    {
        var picture = TestPictures.Solid(40, 30, new Rgb(200, 40, 40), PixelFormat.Rgba);
        for (var y = 0; y < 30; y++) picture.Row(y)[(39 * 4) + 3] = 100;

        var result = await studio.RunAsync("expand", picture, """{"left":4,"right":4}""");

        result.Row(9)[3].ShouldBe((byte)255);
        result.Row(9)[^1].ShouldBe((byte)100);
    }

    [Theory]
    [InlineData("{}", "aspect_ratio: is required")]
    [InlineData("""{"left":0,"top":0}""", "nothing would grow")]
    [InlineData("""{"aspect_ratio":"1:1","left":5}""", "does not go with aspect_ratio")]
    [InlineData("""{"left":-1}""", "from 0 to 8192")]
    [InlineData("""{"aspect_ratio":"wide"}""", "must be width:height")]
    public async Task Parameters_that_make_no_sense_are_refused(string parameters, string message) =>
        (await studio.RefusalAsync("expand", parameters, "invalid_parameters", ("image", TestPictures.Solid(8, 8, new Rgb(1, 2, 3))))).ShouldContain(message);

    [Fact]
    public async Task A_result_beyond_the_limits_is_refused()
    {
        var picture = TestPictures.Solid(400, 400, new Rgb(1, 2, 3));
        (await studio.RefusalAsync("expand", """{"left":8192,"top":8192}""", "result_too_large", ("image", picture))).ShouldContain("8,592");
        await studio.RefusalAsync("expand", """{"aspect_ratio":"100:1"}""", "result_too_large", ("image", picture));
    }
}
