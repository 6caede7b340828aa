using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.ObjectRemoval;

public sealed class ObjectRemovalEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private const string Removal = "object-removal";

    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Rgba)]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    public async Task Nothing_outside_the_mask_changes_and_alpha_stays_everywhere(PixelFormat format)
    {
        var picture = TestPictures.Texture(90, 70, seed: 3, format);
        var mask = Disc(90, 70, 40, 30, 14);

        var result = await studio.PictureAsync(Removal, "{}", ("image", picture), ("mask", mask));

        result.Format.ShouldBe(format);
        var changed = 0;
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            ReadOnlySpan<byte> before = picture.Samples.AsSpan(i * picture.Channels, picture.Channels), after = result.Samples.AsSpan(i * picture.Channels, picture.Channels);
            if (mask.Samples[i] == 0) after.SequenceEqual(before).ShouldBeTrue($"pixel {i}");
            else if (!after.SequenceEqual(before)) changed++;
            if (picture.HasAlpha) after[^1].ShouldBe(before[^1]);
        }

        changed.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task A_disc_on_a_checkerboard_gives_way_to_the_checkerboard()
    {
        var truth = TestPictures.Checkerboard(128, 128, 8);
        var picture = Over(truth, Disc(128, 128, 60, 66, 20), new Rgb(200, 30, 40));

        var result = await studio.PictureAsync(Removal, "{}", ("image", picture), ("mask", Disc(128, 128, 60, 66, 22)));

        MeanDifference(result, truth).ShouldBeLessThan(0.5);
    }

    [Fact]
    public async Task Mask_boxes_and_polygon_count_together()
    {
        var picture = TestPictures.Solid(60, 40, new Rgb(90, 120, 150));
        var spotted = Over(picture, Disc(60, 40, 8, 8, 4), new Rgb(255, 0, 0));
        spotted = Over(spotted, Disc(60, 40, 30, 20, 4), new Rgb(0, 255, 0));
        spotted = Over(spotted, Disc(60, 40, 50, 30, 4), new Rgb(0, 0, 255));

        var result = await studio.PictureAsync(
            Removal,
            """{"boxes":[{"x":24,"y":14,"width":12,"height":12}],"polygon":[[44,24],[57,24],[57,37],[44,37]]}""",
            ("image", spotted),
            ("mask", Disc(60, 40, 8, 8, 6)));

        PictureAssert.Similar(result, picture, maxDifference: 1);
    }

    [Fact]
    public async Task Growing_the_region_takes_what_a_tight_mask_left()
    {
        var truth = TestPictures.Solid(80, 80, new Rgb(60, 90, 60));
        var picture = Over(truth, Disc(80, 80, 40, 40, 16), new Rgb(250, 250, 250));
        var tight = Disc(80, 80, 40, 40, 13);

        MeanDifference(await studio.PictureAsync(Removal, """{"dilate":6}""", ("image", picture), ("mask", tight)), truth).ShouldBeLessThan(0.1);
        MeanDifference(await studio.PictureAsync(Removal, "{}", ("image", picture), ("mask", tight)), truth).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Feathering_fades_inwards_and_leaves_the_outside_alone()
    {
        var truth = TestPictures.Solid(80, 80, new Rgb(60, 60, 60));
        var picture = Over(truth, Disc(80, 80, 40, 40, 20), new Rgb(240, 240, 240));
        var mask = Disc(80, 80, 40, 40, 24);

        var hard = await studio.PictureAsync(Removal, "{}", ("image", picture), ("mask", mask));
        var soft = await studio.PictureAsync(Removal, """{"feather":8}""", ("image", picture), ("mask", mask));

        hard.Row(40)[40 * 3].ShouldBeInRange((byte)59, (byte)61);
        soft.Row(40)[40 * 3].ShouldBeInRange((byte)59, (byte)61);
        soft.Row(40)[(40 + 19) * 3].ShouldBeInRange((byte)90, (byte)220);
        for (var i = 0; i < mask.Samples.Length; i++)
            if (mask.Samples[i] == 0) soft.Samples[i * 3].ShouldBe(picture.Samples[i * 3]);
    }

    [Fact]
    public async Task A_mask_may_mark_by_transparency()
    {
        var truth = TestPictures.Solid(50, 50, new Rgb(10, 100, 200));
        var picture = Over(truth, Disc(50, 50, 25, 25, 8), new Rgb(255, 255, 255));
        var mask = new Picture(50, 50, PixelFormat.Rgba);
        var disc = Disc(50, 50, 25, 25, 10);
        for (var i = 0; i < disc.Samples.Length; i++) mask.Samples[(i * 4) + 3] = (byte)(255 - disc.Samples[i]);

        var result = await studio.PictureAsync(Removal, """{"mask_marks":"transparent"}""", ("image", picture), ("mask", mask));

        PictureAssert.Similar(result, truth, maxDifference: 1);
        await studio.RefusalAsync(Removal, """{"mask_marks":"transparent"}""", "region_empty", ("image", picture), ("mask", disc));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_picture_and_is_reported()
    {
        (string, Picture)[] inputs = [("image", TestPictures.Photo(160, 120, seed: 5)), ("mask", Disc(160, 120, 80, 60, 25))];
        var first = await studio.RunAsync(Removal, inputs, """{"seed":7}""");
        var second = await studio.RunAsync(Removal, inputs, """{"seed":7}""");

        second.Outputs[0].File.Span.SequenceEqual(first.Outputs[0].File.Span).ShouldBeTrue();
        first.Engine.Seed.ShouldBe(7);
        first.Engine.Tier.ShouldBe(EngineTier.Builtin);
    }

    [Fact]
    public async Task A_region_of_nothing_or_of_everything_is_refused()
    {
        var picture = TestPictures.Texture(30, 20, seed: 1);
        var black = TestPictures.Solid(30, 20, new Rgb(0, 0, 0), PixelFormat.Gray);
        var white = TestPictures.Solid(30, 20, new Rgb(255, 255, 255), PixelFormat.Gray);

        await studio.RefusalAsync(Removal, "{}", "region_empty", ("image", picture), ("mask", black));
        await studio.RefusalAsync(Removal, "{}", "region_full", ("image", picture), ("mask", white));
        await studio.RefusalAsync(Removal, """{"boxes":[0,0,30,20]}""", "region_full", ("image", picture));
        await studio.RefusalAsync(Removal, """{"boxes":[5,5,10,10],"dilate":200}""", "region_full", ("image", picture));
        await studio.RefusalAsync(Removal, """{"polygon":[[1,1],[20,15],[1,1]]}""", "region_empty", ("image", picture));
    }

    [Fact]
    public async Task What_does_not_fit_the_picture_is_refused_by_name()
    {
        var picture = TestPictures.Texture(30, 20, seed: 1);

        (await studio.RefusalAsync(Removal, "{}", "invalid_parameters", ("image", picture))).ShouldContain("mask");
        (await studio.RefusalAsync(Removal, "{}", "invalid_parameters", ("image", picture), ("mask", Disc(20, 30, 9, 9, 4)))).ShouldContain("30×20");
        (await studio.RefusalAsync(Removal, """{"boxes":[30,0,5,5]}""", "invalid_parameters", ("image", picture))).ShouldContain("boxes");
        (await studio.RefusalAsync(Removal, """{"polygon":[[40,1],[50,1],[50,9]]}""", "invalid_parameters", ("image", picture))).ShouldContain("polygon");
    }

    [Fact]
    public async Task The_smallest_pictures_are_filled_or_refused()
    {
        await studio.RefusalAsync(Removal, """{"boxes":[0,0,1,1]}""", "region_full", ("image", TestPictures.Solid(1, 1, new Rgb(9, 9, 9))));

        var two = TestPictures.Solid(2, 1, new Rgb(9, 80, 160));
        two.Samples[3] = 200;
        (await studio.PictureAsync(Removal, """{"boxes":[1,0,1,1]}""", ("image", two))).Samples.ShouldBe([9, 80, 160, 9, 80, 160]);

        var thin = TestPictures.Solid(300, 3, new Rgb(50, 60, 70));
        (await studio.PictureAsync(Removal, """{"boxes":[100,0,50,3]}""", ("image", thin))).Samples.ShouldBe(thin.Samples);
    }

    [Fact]
    public async Task Almost_everything_can_be_removed()
    {
        var picture = TestPictures.Photo(120, 90, seed: 2);
        var result = await studio.PictureAsync(Removal, """{"boxes":[0,0,120,86]}""", ("image", picture));
        result.Samples.AsSpan(86 * 120 * 3).SequenceEqual(picture.Samples.AsSpan(86 * 120 * 3)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_transparent_is_not_copied_from()
    {
        // Hidden under transparency lies a colour that nobody has ever seen.
        var picture = TestPictures.Solid(80, 60, new Rgb(40, 160, 90), PixelFormat.Rgba);
        for (var i = 0; i < 80 * 60; i++)
            if (i % 80 < 30) (picture.Samples[i * 4], picture.Samples[(i * 4) + 1], picture.Samples[(i * 4) + 3]) = (255, 0, 0);

        var result = await studio.PictureAsync(Removal, """{"boxes":[34,20,20,20]}""", ("image", picture));

        for (var y = 20; y < 40; y++)
            for (var x = 34; x < 54; x++) result.Row(y).Slice(x * 4, 4).ToArray().ShouldBe([40, 160, 90, 255]);
    }

    [Fact]
    public async Task It_tells_how_far_it_is_and_stops_when_called_off()
    {
        (string, Picture)[] inputs = [("image", TestPictures.Photo(700, 600, seed: 8)), ("mask", Disc(700, 600, 350, 300, 130))];
        var progress = new ProgressLog();
        await studio.RunAsync(Removal, inputs, "{}", progress);
        progress.Reports.Count.ShouldBeGreaterThan(5);
        progress.Reports.Select(report => report.Fraction).ShouldBeInOrder();

        using var stop = new CancellationTokenSource();
        var stopped = new Stopper(stop);
        await Should.ThrowAsync<OperationCanceledException>(() => studio.RunAsync(Removal, inputs, "{}", stopped, stop.Token));
    }

    /// <summary>A white disc on black.</summary>
    internal static Picture Disc(int width, int height, int x, int y, int radius)
    {
        var mask = new Picture(width, height, PixelFormat.Gray);
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            int dx = (i % width) - x, dy = (i / width) - y;
            if ((dx * dx) + (dy * dy) <= radius * radius) mask.Samples[i] = 255;
        }

        return mask;
    }

    private static Picture Over(Picture picture, Picture mask, Rgb color)
    {
        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            if (mask.Samples[i] == 0) continue;
            (result.Samples[i * 3], result.Samples[(i * 3) + 1], result.Samples[(i * 3) + 2]) = (color.Red, color.Green, color.Blue);
        }

        return result;
    }

    private static double MeanDifference(Picture first, Picture second) =>
        first.Samples.Zip(second.Samples, (a, b) => Math.Abs(a - b)).Average();

    // Calls the run off in the midst of its work.
    private sealed class Stopper(CancellationTokenSource stop) : IProgress<InferenceProgress>
    {
        public void Report(InferenceProgress value)
        {
            if (value.Fraction > 0.1) stop.Cancel();
        }
    }
}
