using System.Text.Json;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using StyleTransferOperation = PhotoStudio.Core.Operations.StyleTransfer;

namespace PhotoStudio.Tests.Inference.Engines.StyleTransfer;

public sealed class StyleTransferEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(240, 180, seed: 5);

    public static TheoryData<string> Styles => [.. Builtin];

    private static IEnumerable<string> Builtin => StyleTransferOperation.Style.Choices.Except(["candy", "rain-princess", "udnie"]);

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task A_style_changes_the_picture_more_the_stronger_it_is_and_the_same_way_each_time(string style)
    {
        List<double> changes = [];
        foreach (var strength in (double[])[0, 0.3, 0.6, 1])
            changes.Add(StyleFigures.Difference(Photo, await PaintAsync(Photo, style, strength)));

        changes[0].ShouldBe(0);
        changes.ShouldBe(changes.Order());
        changes[^1].ShouldBeGreaterThan(4);
        PictureAssert.Same(await PaintAsync(Photo, style), await PaintAsync(Photo, style));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task A_style_paints_pictures_of_any_shape_and_format(string style)
    {
        foreach (var (width, height) in ((int, int)[])[(1, 1), (2, 3), (300, 1), (3, 260)])
        {
            var result = await PaintAsync(TestPictures.Texture(width, height, 3), style);
            (result.Width, result.Height).ShouldBe((width, height));
        }

        foreach (var format in (PixelFormat[])[PixelFormat.GrayAlpha, PixelFormat.Rgba])
        {
            var picture = TestPictures.Texture(60, 44, seed: 8, format);
            var result = await PaintAsync(picture, style);
            result.HasAlpha.ShouldBeTrue();
            for (var i = 0; i < 60 * 44; i++)
                result.Samples[(i * result.Channels) + result.Channels - 1].ShouldBe(picture.Samples[(i * picture.Channels) + picture.Channels - 1]);
        }
    }

    [Fact]
    public async Task No_two_styles_look_alike()
    {
        var results = new List<(string Style, Picture Picture)>();
        foreach (var style in Builtin) results.Add((style, await PaintAsync(Photo, style)));

        for (var i = 0; i < results.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                StyleFigures.Difference(results[i].Picture, results[j].Picture)
                    .ShouldBeGreaterThan(4, $"{results[i].Style} and {results[j].Style}");
            }
        }
    }

    [Theory]
    [InlineData("pencil", 2)]
    [InlineData("noir", 0)]
    [InlineData("charcoal", 14)]
    [InlineData("ink", 20)]
    public async Task Drawings_and_black_and_white_film_have_no_colour(string style, int spread)
    {
        var result = await PaintAsync(Photo, style);
        StyleFigures.ColorSpread(result).ShouldBeLessThanOrEqualTo(spread);
    }

    [Fact]
    public async Task A_gray_picture_stays_gray_in_pencil_and_turns_blue_as_a_cyanotype()
    {
        var gray = TestPictures.Texture(90, 70, 4, PixelFormat.Gray);
        (await PaintAsync(gray, "pencil")).Format.ShouldBe(PixelFormat.Gray);
        var print = await PaintAsync(gray, "cyanotype");
        print.Format.ShouldBe(PixelFormat.Rgb);
        StyleFigures.Mean(print, 2).ShouldBeGreaterThan(StyleFigures.Mean(print, 0) + 20);
    }

    [Theory]
    [InlineData("ink")]
    [InlineData("woodcut")]
    public async Task Printed_lines_are_ink_or_paper_and_little_between(string style)
    {
        // Lines are a pixel soft, so a picture of some size is needed.
        var result = await PaintAsync(TestPictures.Photo(700, 500, seed: 5), style);
        StyleFigures.ShareOfLuma(result, luma => luma is < 60 or > 200).ShouldBeGreaterThan(0.7);
        StyleFigures.ShareOfLuma(result, luma => luma < 60).ShouldBeInRange(0.08, 0.85);
    }

    [Fact]
    public async Task Comic_shades_are_dots_at_the_screens_distance()
    {
        const int Side = 512;
        var result = (await PaintAsync(TestPictures.Solid(Side, Side, new Rgb(150, 120, 90)), "comic")).As(PixelFormat.Gray);

        // The screen is turned by 45°: along a row the pattern repeats after √2 distances and is opposite after half of that.
        var period = 9 * (Side / 1024.0) * Math.Sqrt(2);
        StyleFigures.Correlation(result, (int)Math.Round(period * 3)).ShouldBeGreaterThan(0.5);
        StyleFigures.Correlation(result, (int)Math.Round(period * 3.5)).ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Low_poly_has_few_colours_each_in_a_connected_area()
    {
        var result = await PaintAsync(TestPictures.Photo(500, 400, seed: 5), "low-poly");
        StyleFigures.Colors(result).ShouldBeLessThan(500 * 400 / 30);
        StyleFigures.ShareOfEqualNeighbors(result).ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public async Task Pixel_art_is_made_of_large_squares_from_a_small_palette()
    {
        var result = await PaintAsync(TestPictures.Photo(512, 512, seed: 5), "pixel-art");
        StyleFigures.Colors(result).ShouldBeLessThanOrEqualTo(24);
        for (var y = 0; y < 512; y++)
        {
            for (var x = 0; x < 512; x++)
                for (var c = 0; c < 3; c++) result.Row(y)[(x * 3) + c].ShouldBe(result.Row(y / 4 * 4)[(x / 4 * 4 * 3) + c]);
        }
    }

    [Theory]
    [InlineData("cartoon")]
    [InlineData("poster")]
    [InlineData("pop-art")]
    public async Task Flat_styles_have_more_flat_surface_than_the_photograph(string style)
    {
        // With the noise of a camera on it, as photographs have.
        var photo = TestPictures.Photo(500, 400, seed: 5);
        var noise = new Random(1);
        for (var i = 0; i < photo.Samples.Length; i++) photo.Samples[i] = (byte)Math.Clamp(photo.Samples[i] + noise.Next(-7, 8), 0, 255);
        StyleFigures.ShareOfFlat(await PaintAsync(photo, style)).ShouldBeGreaterThan(StyleFigures.ShareOfFlat(photo) + 0.15);
    }

    [Theory]
    [InlineData("oil")]
    [InlineData("impressionist")]
    [InlineData("pointillism")]
    [InlineData("pastel")]
    [InlineData("mosaic")]
    [InlineData("risograph")]
    public async Task Surfaces_have_a_texture_even_where_the_picture_has_none(string style)
    {
        var result = await PaintAsync(TestPictures.Solid(300, 300, new Rgb(120, 150, 110)), style);
        StyleFigures.Deviation(result).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Stained_glass_has_lead_between_its_panes()
    {
        var result = await PaintAsync(TestPictures.Solid(400, 300, new Rgb(200, 190, 120)), "stained-glass");
        StyleFigures.ShareOfLuma(result, luma => luma < 70).ShouldBeInRange(0.05, 0.5);
        StyleFigures.ShareOfLuma(result, luma => luma > 120).ShouldBeGreaterThan(0.4);
    }

    [Fact]
    public async Task Neon_is_dark_with_a_few_bright_lines()
    {
        var result = await PaintAsync(Photo, "neon");
        StyleFigures.ShareOfLuma(result, luma => luma < 90).ShouldBeGreaterThan(0.4);
        StyleFigures.ShareOfLuma(result, luma => luma > 150).ShouldBeInRange(0.003, 0.4);
    }

    [Fact]
    public async Task Watercolor_ends_before_the_sheet_does()
    {
        var result = await PaintAsync(TestPictures.Solid(400, 300, new Rgb(60, 70, 120)), "watercolor");
        for (var x = 0; x < 400; x++) result.Row(0)[x * 3].ShouldBeGreaterThan((byte)200);
        result.Row(150)[200 * 3].ShouldBeLessThan((byte)170);
    }

    [Fact]
    public async Task Vintage_film_fades_black_and_yellows_white()
    {
        var black = await PaintAsync(TestPictures.Solid(120, 90, new Rgb(0, 0, 0)), "vintage-film");
        StyleFigures.Mean(black, 0).ShouldBeGreaterThan(12);
        var white = await PaintAsync(TestPictures.Solid(120, 90, new Rgb(255, 255, 255)), "vintage-film");
        StyleFigures.Mean(white, 2).ShouldBeLessThan(StyleFigures.Mean(white, 0) - 10);
    }

    [Fact]
    public async Task Brushes_grow_with_the_picture()
    {
        // The same picture at two sizes, painted and then compared at the small one: the strokes look the same size.
        var large = await PaintAsync(TestPictures.Solid(600, 600, new Rgb(120, 150, 110)), "comic");
        var small = await PaintAsync(TestPictures.Solid(300, 300, new Rgb(120, 150, 110)), "comic");
        StyleFigures.Turns(large).ShouldBe(StyleFigures.Turns(small), StyleFigures.Turns(small) * 0.2);
    }

    [Fact]
    public async Task The_seed_decides_where_strokes_fall()
    {
        var one = await studio.RunAsync("style-transfer", Photo, """{"style":"oil","seed":1}""");
        var two = await studio.RunAsync("style-transfer", Photo, """{"style":"oil","seed":2}""");
        StyleFigures.Difference(one, two).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void An_unknown_style_is_refused_with_the_list_of_styles()
    {
        var faults = Faults("""{"style":"cubism","strength":2}""");
        faults.ToDictionary().Keys.ShouldBe(["strength", "style"]);
        faults.ToDictionary()["style"][0].ShouldContain("watercolor, pastel");
    }

    [Theory]
    [InlineData("oil-painting", PictureStyle.Oil)]
    [InlineData("watercolour", PictureStyle.Watercolor)]
    [InlineData("Pop_Art", PictureStyle.PopArt)]
    [InlineData("sketch and wash", null)]
    public void Styles_have_other_names(string name, PictureStyle? style)
    {
        var faults = new FaultList();
        var parameters = OperationParameters.Read(
            OperationCatalog.Get("style-transfer"), [KeyValuePair.Create("style", RawValue.FromText(name))], faults);
        parameters?.Find(StyleTransferOperation.Style).ShouldBe(style);
        faults.IsEmpty.ShouldBe(style is not null);
    }

    [Fact]
    public void A_style_or_a_reference_is_wanted_and_not_both()
    {
        var operation = OperationCatalog.Get("style-transfer");
        FaultList neither = new(), both = new(), one = new();
        operation.CheckInputs(OperationParameters.FromJson(operation, "{}"), ["image"], neither);
        operation.CheckInputs(OperationParameters.FromJson(operation, """{"style":"oil"}"""), ["image", "reference"], both);
        operation.CheckInputs(OperationParameters.FromJson(operation, "{}"), ["image", "reference"], one);
        neither.ToDictionary()["style"].ShouldHaveSingleItem().ShouldContain("is required");
        both.ToDictionary()["style"].ShouldHaveSingleItem().ShouldContain("cannot go with");
        one.IsEmpty.ShouldBeTrue();
    }

    private async Task<Picture> PaintAsync(Picture picture, string style, double strength = 1) =>
        await studio.RunAsync("style-transfer", picture, FormattableString.Invariant($$"""{"style":"{{style}}","strength":{{strength}}}"""));

    private static FaultList Faults(string json)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(json);
        var given = document.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
        OperationParameters.Read(OperationCatalog.Get("style-transfer"), given, faults).ShouldBeNull();
        return faults;
    }
}
