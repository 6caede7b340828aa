using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.ReplaceBackground;

public sealed class ReplaceBackgroundEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private const string Replace = "replace-background";
    private static readonly Rgb Red = new(190, 40, 40);

    [Fact]
    public async Task The_background_becomes_the_colour_and_the_subject_stays()
    {
        var result = await studio.PictureAsync(Replace, """{"color":"#204080","match":0}""", ("image", Subject(160, 120)));

        result.Format.ShouldBe(PixelFormat.Rgb);
        foreach (var (x, y) in ((int, int)[])[(3, 3), (156, 3), (3, 116), (156, 116), (20, 60)]) At(result, x, y).ShouldBe(new Rgb(0x20, 0x40, 0x80));
        Near(At(result, 80, 60), Red, 12);
    }

    [Fact]
    public async Task A_picture_that_comes_cut_out_keeps_its_own_edge()
    {
        var picture = CutOut(80, 60);
        var result = await studio.PictureAsync(Replace, """{"color":"white","match":0}""", ("image", picture));

        for (var i = 0; i < 80 * 60; i++)
        {
            var alpha = picture.Samples[(i * 4) + 3] / 255.0;
            for (var c = 0; c < 3; c++)
                ((double)result.Samples[(i * 3) + c]).ShouldBe((alpha * picture.Samples[(i * 4) + c]) + ((1 - alpha) * 255), 1);
        }
    }

    [Fact]
    public async Task A_gradient_goes_where_its_angle_says()
    {
        var right = await studio.PictureAsync(Replace, """{"color":"black","color_to":"white","angle":0,"match":0}""", ("image", CutOut(80, 60)));
        Near(At(right, 0, 5), new Rgb(0, 0, 0), 30);
        Near(At(right, 79, 5), new Rgb(255, 255, 255), 3);
        At(right, 40, 2).Red.ShouldBeGreaterThan(At(right, 20, 2).Red);

        var down = await studio.PictureAsync(Replace, """{"color":"black","color_to":"white","match":0}""", ("image", CutOut(80, 60)));
        At(down, 2, 58).Red.ShouldBeGreaterThan(At(down, 2, 2).Red);
        At(down, 2, 30).ShouldBe(At(down, 77, 30));
    }

    [Fact]
    public async Task Another_picture_covers_the_background_and_is_cropped_at_its_centre()
    {
        var behind = TestPictures.Quarters(200, 100);
        var result = await studio.PictureAsync(Replace, """{"match":0}""", ("image", CutOut(60, 60)), ("background_image", behind));

        Near(At(result, 2, 2), new Rgb(230, 26, 26), 6);
        Near(At(result, 57, 2), new Rgb(26, 204, 26), 6);
        Near(At(result, 2, 57), new Rgb(26, 26, 230), 6);
        Near(At(result, 57, 57), new Rgb(230, 230, 26), 6);
    }

    [Fact]
    public async Task The_subject_follows_the_new_light_as_far_as_asked_for()
    {
        var picture = CutOut(60, 60);
        for (var i = 0; i < 60 * 60; i++) (picture.Samples[i * 4], picture.Samples[(i * 4) + 1], picture.Samples[(i * 4) + 2]) = (128, 128, 128);
        var warm = TestPictures.Solid(60, 60, new Rgb(250, 170, 90));

        var none = At(await studio.PictureAsync(Replace, """{"match":0}""", ("image", picture), ("background_image", warm)), 30, 30);
        var half = At(await studio.PictureAsync(Replace, """{"match":0.5}""", ("image", picture), ("background_image", warm)), 30, 30);
        var full = At(await studio.PictureAsync(Replace, """{"match":1}""", ("image", picture), ("background_image", warm)), 30, 30);

        none.ShouldBe(new Rgb(128, 128, 128));
        (half.Red - half.Blue).ShouldBeInRange(5, 90);
        (full.Red - full.Blue).ShouldBeGreaterThan(half.Red - half.Blue);
    }

    [Fact]
    public async Task The_own_background_goes_out_of_focus_without_the_subject_shining_through()
    {
        // A white subject on fine dark stripes: blurred, the stripes are gray right up to the subject.
        var picture = TestPictures.Paint(160, 120, PixelFormat.Rgba, (x, y) =>
        {
            var inside = ((x - 80) * (x - 80)) + ((y - 60) * (y - 60)) < 30 * 30;
            return inside ? new(1, 1, 1) : new((x / 2 % 2) * 0.3f, (x / 2 % 2) * 0.3f, (x / 2 % 2) * 0.3f);
        });
        var stripes = Differences(picture, 10);

        var result = await studio.PictureAsync(Replace, """{"background":"blur","blur":60}""", ("image", picture.As(PixelFormat.Rgb)));

        Near(At(result, 80, 60), new Rgb(255, 255, 255), 10);
        (Differences(result, 10) / stripes).ShouldBeLessThan(0.1);
        for (var x = 4; x < 44; x++) At(result, x, 60).Red.ShouldBeLessThan((byte)90, $"column {x}");
    }

    [Fact]
    public async Task Gray_stays_gray_before_gray_and_gets_colour_before_colour()
    {
        var gray = Subject(120, 90).As(PixelFormat.Gray);
        (await studio.PictureAsync(Replace, """{"background":"blur"}""", ("image", gray))).Format.ShouldBe(PixelFormat.Gray);
        (await studio.PictureAsync(Replace, """{"color":"#00a0ff"}""", ("image", gray))).Format.ShouldBe(PixelFormat.Rgb);
    }

    [Fact]
    public async Task A_picture_without_a_subject_stays_and_a_note_says_so()
    {
        var plain = TestPictures.Solid(50, 40, new Rgb(90, 90, 120));
        var result = await studio.RunAsync(Replace, [("image", plain)], """{"color":"red","match":0}""");

        result.Engine.Confidence.ShouldBe(0);
        result.Engine.Notes.ShouldHaveSingleItem().ShouldContain("No subject");
        PictureAssert.Similar(TestFiles.Decode(result.Outputs[0].File), plain, maxDifference: 0);
    }

    [Fact]
    public async Task One_pixel_is_a_picture_too() =>
        (await studio.PictureAsync(Replace, """{"color":"red"}""", ("image", TestPictures.Solid(1, 1, Red)))).Width.ShouldBe(1);

    [Theory]
    [InlineData("""{"background":"color"}""", "color: is required")]
    [InlineData("""{"background":"gradient","color":"red"}""", "color_to: is required")]
    [InlineData("""{"background":"picture"}""", "background_image: is required")]
    [InlineData("""{"background":"blur","color":"red"}""", "color: does not go with")]
    [InlineData("""{"color":"red","blur":20}""", "blur: does not go with")]
    [InlineData("""{"color":"red","angle":20}""", "angle: does not go with")]
    [InlineData("""{"color":"#ff000080"}""", "must be opaque")]
    [InlineData("""{"color_to":"red"}""", "color: is required")]
    [InlineData("""{"match":2}""", "from 0 to 1")]
    public async Task Parameters_that_contradict_each_other_are_refused(string parameters, string message) =>
        (await studio.RefusalAsync(Replace, parameters, "invalid_parameters", ("image", Subject(40, 30)))).ShouldContain(message);

    [Fact]
    public async Task A_background_picture_and_a_colour_contradict_each_other() =>
        (await studio.RefusalAsync(
            Replace, """{"background":"color","color":"red"}""", "invalid_parameters", ("image", Subject(40, 30)), ("background_image", Subject(40, 30))))
        .ShouldContain("background_image: does not go with");

    // A red disc on a quiet, lightly textured ground.
    private static Picture Subject(int width, int height) => TestPictures.Paint(width, height, PixelFormat.Rgb, (x, y) =>
    {
        double dx = x - (width / 2.0), dy = y - (height / 2.0), radius = Math.Min(width, height) * 0.3;
        return (dx * dx) + (dy * dy) < radius * radius
            ? new(Red.Red / 255f, Red.Green / 255f, Red.Blue / 255f)
            : new(0.55f + (0.02f * ((x + y) % 3)), 0.6f, 0.58f);
    });

    // A disc with a soft edge on nothing.
    private static Picture CutOut(int width, int height) => TestPictures.Paint(width, height, PixelFormat.Rgba, (x, y) =>
    {
        double dx = x - (width / 2.0), dy = y - (height / 2.0);
        var alpha = Math.Clamp((Math.Min(width, height) * 0.3) - Math.Sqrt((dx * dx) + (dy * dy)), 0, 4) / 4;
        return new(Red.Red / 255f, Red.Green / 255f, Red.Blue / 255f, (float)alpha);
    });

    private static double Differences(Picture picture, int y)
    {
        double sum = 0;
        for (var x = 1; x < picture.Width; x++) sum += Math.Abs(At(picture, x, y).Red - At(picture, x - 1, y).Red);
        return sum;
    }

    private static Rgb At(Picture picture, int x, int y)
    {
        var pixel = picture.Row(y).Slice(x * picture.Channels, picture.Channels);
        return new(pixel[0], pixel[1], pixel[2]);
    }

    private static void Near(Rgb actual, Rgb expected, int tolerance)
    {
        ((int)actual.Red).ShouldBeInRange(expected.Red - tolerance, expected.Red + tolerance, actual.ToString());
        ((int)actual.Green).ShouldBeInRange(expected.Green - tolerance, expected.Green + tolerance, actual.ToString());
        ((int)actual.Blue).ShouldBeInRange(expected.Blue - tolerance, expected.Blue + tolerance, actual.ToString());
    }
}
