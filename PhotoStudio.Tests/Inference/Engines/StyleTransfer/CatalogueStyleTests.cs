using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.StyleTransfer;

/// <summary>The styles of the catalogue, painted.</summary>
public sealed class CatalogueStyleTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(240, 180, seed: 5);

    [Fact]
    public async Task Every_style_changes_a_picture_and_no_two_make_the_same_of_it()
    {
        var results = new List<(string Style, Picture Picture)>();
        foreach (var (style, _) in StyleCatalogue.Own.Styles)
        {
            var painted = await PaintAsync(Photo, style.Engine);
            StyleFigures.Difference(Photo, painted).ShouldBeGreaterThan(4, style.Slug);
            results.Add((style.Slug, painted));
        }

        for (var i = 0; i < results.Count; i++)
        {
            for (var j = 0; j < i; j++)
                StyleFigures.Difference(results[i].Picture, results[j].Picture).ShouldBeGreaterThan(4, $"{results[i].Style} and {results[j].Style}");
        }
    }

    [Theory]
    [InlineData("oil")]
    [InlineData("mosaic")]
    [InlineData("pixel-art")]
    public async Task A_broader_brush_leaves_less_detail(string style)
    {
        var fine = await PaintAsync(Photo, $$"""{"style":"{{style}}","brush":0.5}""");
        var broad = await PaintAsync(Photo, $$"""{"style":"{{style}}","brush":2.5}""");
        StyleFigures.Difference(Photo, broad).ShouldBeGreaterThan(StyleFigures.Difference(Photo, fine));
    }

    [Fact]
    public async Task Each_palette_has_the_colours_that_it_is_called_by()
    {
        async Task<Picture> InAsync(string palette) => (await PaintAsync(Photo, $$"""{"style":"oil","palette":"{{palette}}"}""")).As(PixelFormat.Rgb);
        var own = await InAsync("own");
        PictureAssert.Same(own, (await PaintAsync(Photo, """{"style":"oil"}""")).As(PixelFormat.Rgb));

        double Warmth(Picture picture) => StyleFigures.Mean(picture, 0) - StyleFigures.Mean(picture, 2);
        Warmth(await InAsync("warm")).ShouldBeGreaterThan(Warmth(own) + 10);
        Warmth(await InAsync("cool")).ShouldBeLessThan(Warmth(own) - 10);
        Warmth(await InAsync("sepia")).ShouldBeGreaterThan(20);
        Warmth(await InAsync("ice")).ShouldBeLessThan(-20);
        StyleFigures.ColorSpread(await InAsync("mono")).ShouldBeLessThan(8);
        var forest = await InAsync("forest");
        StyleFigures.Mean(forest, 1).ShouldBeGreaterThan(StyleFigures.Mean(forest, 0));
        var dark = await InAsync("dark");
        StyleFigures.Mean(dark, 1).ShouldBeLessThan(StyleFigures.Mean(own, 1) * 0.7);
        var pastel = await InAsync("pastel");
        StyleFigures.Mean(pastel, 1).ShouldBeGreaterThan(StyleFigures.Mean(own, 1) + 20);
        Saturation(await InAsync("vivid")).ShouldBeGreaterThan(Saturation(own) * 1.3);
        Saturation(await InAsync("muted")).ShouldBeLessThan(Saturation(own) * 0.6);
    }

    [Fact]
    public async Task A_transparent_background_leaves_the_subject_alone_and_takes_a_format_with_alpha()
    {
        var file = TestFiles.Encode(Subject(), PictureFormat.Jpeg);
        foreach (var operation in (string[])["style-transfer", "edit"])
        {
            var wish = operation == "edit" ? "\"prompt\":\"make it brighter\",\"paint_style\":\"cartoon\"" : "\"style\":\"cartoon\"";
            var result = await studio.RunAsync(operation, file, $$"""{{{wish}},"background":"transparent"}""");
            result.ContentType.ShouldBe("image/png", operation);
            var cut = TestFiles.Decode(result.File);
            Alpha(cut, 4, 4).ShouldBeLessThan((byte)40, operation);
            Alpha(cut, 120, 90).ShouldBeGreaterThan((byte)215, operation);
        }
    }

    [Fact]
    public async Task An_opaque_background_puts_white_behind_what_is_transparent()
    {
        var picture = new Picture(40, 30, PixelFormat.Rgba);
        for (var i = 0; i < 40 * 15; i++) (picture.Samples[i * 4], picture.Samples[(i * 4) + 3]) = (200, 255);
        var result = await studio.RunAsync("style-transfer", TestFiles.Encode(picture, PictureFormat.Png), """{"style":"poster","background":"opaque"}""");
        var flat = TestFiles.Decode(result.File);
        flat.HasAlpha.ShouldBeFalse();
        var at = ((29 * 40) + 20) * flat.Channels;
        flat.Samples[at].ShouldBe((byte)255);
    }

    [Fact]
    public async Task A_size_is_a_frame_that_the_result_fits_into()
    {
        var result = await studio.RunAsync("style-transfer", TestFiles.Encode(Photo, PictureFormat.Png), """{"style":"poster","size":"96x96"}""");
        (result.Width, result.Height).ShouldBe((96, 72));
    }

    [Fact]
    public async Task A_generated_picture_is_painted_in_the_style_asked_for()
    {
        const string Scene = "\"prompt\":\"a mountain lake\",\"seed\":3,\"width\":256,\"height\":192,\"style\":\"photorealistic\"";
        var plain = await GenerateAsync($$"""{{{Scene}}}""");
        var mosaic = await GenerateAsync($$"""{{{Scene}},"paint_style":"mosaic"}""");
        var noir = await GenerateAsync($$"""{{{Scene}},"paint_style":"noir"}""");
        StyleFigures.Difference(plain, mosaic).ShouldBeGreaterThan(6);
        StyleFigures.Difference(mosaic, noir).ShouldBeGreaterThan(6);
        StyleFigures.ColorSpread(noir).ShouldBeLessThan(30);
        PictureAssert.Same(plain, await GenerateAsync($$"""{{{Scene}},"paint_style":"mosaic","paint_strength":0}"""));
    }

    [Theory]
    [InlineData("style-transfer", """{"style":"oil","brush":9}""", "brush")]
    [InlineData("style-transfer", """{"style":"oil","size":"10x10"}""", "size")]
    [InlineData("style-transfer", """{"style":"oil","background":"transparent","output_format":"jpeg"}""", "background")]
    [InlineData("generate", """{"prompt":"x","paint_style":"candy"}""", "paint_style")]
    [InlineData("edit", """{"prompt":"x","palette":"plaid"}""", "palette")]
    public void What_cannot_be_is_refused(string operation, string json, string field)
    {
        var fault = Should.Throw<ArgumentException>(() => OperationParameters.FromJson(OperationCatalog.Get(operation), json));
        fault.Message.ShouldContain(field);
    }

    private static byte Alpha(Picture picture, int x, int y) => picture.As(PixelFormat.Rgba).Samples[(((y * picture.Width) + x) * 4) + 3];

    private static double Saturation(Picture picture)
    {
        double sum = 0;
        for (var i = 0; i < picture.Samples.Length; i += 3)
        {
            int r = picture.Samples[i], g = picture.Samples[i + 1], b = picture.Samples[i + 2];
            sum += Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
        }

        return sum / (picture.Samples.Length / 3.0);
    }

    /// <summary>A red disc before an even ground.</summary>
    private static Picture Subject()
    {
        var picture = new Picture(240, 180, PixelFormat.Rgb);
        for (int y = 0, i = 0; y < 180; y++)
        {
            for (var x = 0; x < 240; x++, i += 3)
            {
                var inside = ((x - 120) * (x - 120)) + ((y - 90) * (y - 90)) < 55 * 55;
                (picture.Samples[i], picture.Samples[i + 1], picture.Samples[i + 2]) = inside
                    ? ((byte)(190 + (x % 7)), (byte)(40 + (y % 9)), (byte)50)
                    : ((byte)(200 + (y / 30)), (byte)(210 + (y / 30)), (byte)(220 + (x % 3)));
            }
        }

        return picture;
    }

    private Task<Picture> PaintAsync(Picture picture, string parameters) => studio.RunAsync("style-transfer", picture, parameters);

    private Task<Picture> GenerateAsync(string parameters) => studio.PictureAsync("generate", parameters);
}
