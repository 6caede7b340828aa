using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Inference.Engines.StyleTransfer;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Reimagine;

public sealed class ReimagineEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(200, 150, seed: 7);

    [Fact]
    public async Task One_seed_gives_one_picture_and_other_seeds_others()
    {
        var pictures = new List<Picture>();
        for (var seed = 0; seed < 5; seed++) pictures.Add(await PictureAsync(Photo, $$"""{"seed":{{seed}}}"""));

        PictureAssert.Same(await PictureAsync(Photo, """{"seed":3}"""), pictures[3]);
        for (var i = 0; i < pictures.Count; i++)
            for (var j = 0; j < i; j++) StyleFigures.Difference(pictures[i], pictures[j]).ShouldBeGreaterThan(3, $"seeds {j} and {i}");
    }

    [Fact]
    public async Task More_imagination_goes_further_from_the_original()
    {
        List<double> changes = [];
        foreach (var imagination in (double[])[0, 0.15, 0.5, 1])
            changes.Add(StyleFigures.Difference(Photo, await PictureAsync(Photo, FormattableString.Invariant($$"""{"prompt":"sunset","imagination":{{imagination}}}"""))));

        changes[0].ShouldBe(0);
        changes.ShouldBe(changes.Order());
    }

    [Fact]
    public async Task Night_is_dark_and_blue_and_a_sunset_is_warm()
    {
        var night = await PictureAsync(Photo, """{"prompt":"at night","imagination":0.9}""");
        var sunset = await PictureAsync(Photo, """{"prompt":"a sunset","imagination":0.9}""");

        StyleFigures.Deviation(night).ShouldBeGreaterThan(3);
        StyleFigures.Mean(night, 1).ShouldBeLessThan(0.75 * StyleFigures.Mean(Photo, 1));
        Warmth(night).ShouldBeLessThan(Warmth(Photo) - 8);
        Warmth(sunset).ShouldBeGreaterThan(Warmth(Photo) + 8);

        static double Warmth(Picture picture) => StyleFigures.Mean(picture, 0) - StyleFigures.Mean(picture, 2);
    }

    [Fact]
    public async Task Autumn_turns_leaves_from_green_to_gold()
    {
        var leaves = TestPictures.Paint(120, 90, PixelFormat.Rgb, (x, y) => new(0.22f, 0.45f + (0.08f * ((x + y) % 5) / 5), 0.15f));

        var autumn = await PictureAsync(leaves, """{"prompt":"otoño","imagination":0.8}""");

        (StyleFigures.Mean(autumn, 0) - StyleFigures.Mean(autumn, 1)).ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("a dragon above the castle at dusk", "dragon, above, castle", "sunset")]
    [InlineData("tranh sơn dầu, hoàng hôn", null, "sunset, in the style oil")]
    [InlineData("Lluvia de noche, no nieve", null, "night, rain")]
    [InlineData("winter without snow", null, "winter")]
    [InlineData("oton\u0303o, ĐÊM MƯA", null, "night, rain, autumn")]
    [InlineData("van Gogh, espejo", null, "in the style impressionist, mirrored")]
    public async Task Words_are_read_in_three_languages_and_what_cannot_be_shown_is_told(string prompt, string? unmet, string made)
    {
        var report = (await RunAsync(Photo, $$"""{"prompt":"{{prompt}}","imagination":0.3}""")).Engine;

        report.Notes.ShouldNotBeNull();
        report.Notes[^1].ShouldContain(made);
        if (unmet is null) report.Notes.ShouldHaveSingleItem();
        else report.Notes[0].ShouldContain($"could not be shown: {unmet}.");
        report.Seed.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 1, PixelFormat.Rgb)]
    [InlineData(400, 2, PixelFormat.Gray)]
    [InlineData(3, 90, PixelFormat.Rgba)]
    [InlineData(80, 60, PixelFormat.GrayAlpha)]
    public async Task Any_size_and_format_will_do_and_a_cut_out_keeps_its_outline(int width, int height, PixelFormat format)
    {
        var picture = TestPictures.Texture(width, height, seed: 3, format);
        foreach (var prompt in (string[])["snow", "fog, blurred background, autumn", "rain, watercolor"])
        {
            var result = await PictureAsync(picture, $$"""{"prompt":"{{prompt}}","imagination":1}""");
            (result.Width, result.Height, result.HasAlpha).ShouldBe((width, height, picture.HasAlpha));
            if (!picture.HasAlpha) continue;
            for (var i = 0; i < width * height; i++)
                result.Samples[(i * result.Channels) + result.Channels - 1].ShouldBe(picture.Samples[(i * picture.Channels) + picture.Channels - 1]);
        }
    }

    private Task<InferenceResult> RunAsync(Picture picture, string parameters) => studio.RunAsync("reimagine", [("image", picture)], parameters);

    private Task<Picture> PictureAsync(Picture picture, string parameters) => studio.RunAsync("reimagine", picture, parameters);
}
