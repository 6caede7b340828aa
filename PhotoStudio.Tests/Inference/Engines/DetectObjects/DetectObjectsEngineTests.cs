using System.Text.Json;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.DetectObjects;

public sealed class DetectObjectsEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData(600, 400)]
    [InlineData(2400, 1600)]
    public async Task Two_things_on_a_quiet_ground_get_a_box_each(int width, int height)
    {
        // A disc on the left and an upright bar on the right, at the same shares of any size.
        var picture = TestPictures.Paint(width, height, PixelFormat.Rgb, (x, y) =>
        {
            float u = x / (float)width, v = y / (float)height, dx = (u - 0.3f) * width / height, dy = v - 0.5f;
            if ((dx * dx) + (dy * dy) < 0.04f) return new(0.85f, 0.2f, 0.15f);
            return Math.Abs(u - 0.72f) < 0.05f && Math.Abs(v - 0.55f) < 0.2f ? new(0.9f, 0.75f, 0.1f) : new(0.45f + (0.05f * v), 0.5f, 0.52f);
        });

        var found = await FindAsync(picture);

        found.Count.ShouldBe(2);
        found.ShouldAllBe(one => one.Label == "region" && one.Score > 0.3 && one.Score <= 1);
        var (disc, bar) = (found.MinBy(one => one.X)!, found.MaxBy(one => one.X)!);
        Overlap(disc, 0.3 - (0.2 * height / width), 0.3, 0.4 * height / width, 0.4, width, height).ShouldBeGreaterThan(0.8);
        Overlap(bar, 0.67, 0.35, 0.1, 0.4, width, height).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public async Task The_surest_come_first_and_no_more_than_asked_for()
    {
        var picture = TestPictures.SoftShapes(400, 300).As(PixelFormat.Rgb);
        var all = await FindAsync(picture);
        all.Select(one => one.Score).ShouldBeInOrder(SortDirection.Descending);
        (await FindAsync(picture, """{"max_objects":1,"min_score":0}""")).Count.ShouldBeLessThanOrEqualTo(1);
        (await FindAsync(picture, """{"min_score":1}""")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_stands_out_of_an_even_picture()
    {
        (await FindAsync(TestPictures.Solid(300, 200, new Rgb(90, 120, 200)))).ShouldBeEmpty();
        (await FindAsync(TestPictures.Solid(1, 1, new Rgb(90, 120, 200)))).ShouldBeEmpty();
        (await FindAsync(TestPictures.Gradient(1, 3000))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Boxes_stay_inside_the_upright_picture()
    {
        foreach (var picture in (Picture[])[TestPictures.Photo(320, 240, seed: 2), TestPictures.Photo(50, 700, seed: 2), TestPictures.Texture(200, 300, 4, PixelFormat.GrayAlpha)])
        {
            foreach (var one in await FindAsync(picture, """{"min_score":0}"""))
            {
                one.X.ShouldBeGreaterThanOrEqualTo(0);
                one.Y.ShouldBeGreaterThanOrEqualTo(0);
                (one.Width > 0 && one.Height > 0).ShouldBeTrue();
                (one.X + one.Width).ShouldBeLessThanOrEqualTo(picture.Width);
                (one.Y + one.Height).ShouldBeLessThanOrEqualTo(picture.Height);
            }
        }
    }

    private static double Overlap(Found one, double x, double y, double w, double h, int width, int height)
    {
        double left = Math.Max(one.X, x * width), top = Math.Max(one.Y, y * height);
        double right = Math.Min(one.X + one.Width, (x + w) * width), bottom = Math.Min(one.Y + one.Height, (y + h) * height);
        var shared = Math.Max(0, right - left) * Math.Max(0, bottom - top);
        return shared / ((one.Width * (double)one.Height) + (w * width * h * height) - shared);
    }

    private async Task<List<Found>> FindAsync(Picture picture, string parameters = "{}")
    {
        var result = await studio.RunAsync("detect-objects", [("image", picture)], parameters);
        using var document = JsonDocument.Parse(result.Data!);
        (document.RootElement.GetProperty("width").GetInt32(), document.RootElement.GetProperty("height").GetInt32()).ShouldBe((picture.Width, picture.Height));
        return [.. document.RootElement.GetProperty("objects").EnumerateArray().Select(one =>
        {
            var box = one.GetProperty("box");
            return new Found(
                one.GetProperty("label").GetString()!, one.GetProperty("score").GetDouble(), box.GetProperty("x").GetInt32(), box.GetProperty("y").GetInt32(),
                box.GetProperty("width").GetInt32(), box.GetProperty("height").GetInt32());
        })];
    }

    private sealed record Found(string Label, double Score, int X, int Y, int Width, int Height);
}
