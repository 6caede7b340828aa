using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Adjust;

public sealed class AdjustEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Fact]
    public async Task With_nothing_to_change_every_pixel_stays()
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var picture = TestPictures.Static(40, 30, seed: 1, format);
            PictureAssert.Same(await studio.RunAsync("adjust", picture, """{"exposure":0,"contrast":0,"sharpness":0}"""), picture);
        }
    }

    [Fact]
    public async Task The_way_to_oklab_and_back_loses_nothing()
    {
        // Too little to change a level, so that the picture goes all the way.
        var picture = TestPictures.Static(200, 150, seed: 2);

        PictureAssert.Similar(await studio.RunAsync("adjust", picture, """{"contrast":0.0001,"saturation":0.0001}"""), picture, maxDifference: 1, psnr: 60);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    [InlineData(0.5)]
    public async Task A_stop_doubles_the_light(double stops)
    {
        var picture = TestPictures.Gradient(256, 8);

        var result = await studio.RunAsync("adjust", picture, FormattableString.Invariant($$"""{"exposure":{{stops}}}"""));

        for (var i = 0; i < picture.Samples.Length; i++)
        {
            var light = Math.Min(1, SrgbCurve.ToLinear(picture.Samples[i] / 255.0) * Math.Pow(2, stops));
            ((double)result.Samples[i]).ShouldBe(SrgbCurve.FromLinear(light) * 255, 0.6);
        }
    }

    [Fact]
    public void Tones_stay_in_order_and_black_and_white_in_place_whatever_is_asked()
    {
        var ramp = TestPictures.Paint(256, 1, PixelFormat.Rgb, (x, _) => new(x / 255f, x / 255f, x / 255f));
        var slider = Gen.Choose(-100, 100);
        var cases =
            from contrast in slider
            from highlights in slider
            from shadows in slider
            from saturation in slider
            select $$"""{"contrast":{{contrast}},"highlights":{{highlights}},"shadows":{{shadows}},"saturation":{{saturation}}}""";

        Prop.ForAll(cases.ToArbitrary(), parameters =>
        {
            var result = studio.RunAsync("adjust", ramp, parameters).GetAwaiter().GetResult().As(PixelFormat.Gray).Samples;
            result.Zip(result.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
            (result[0], result[^1]).ShouldBe(((byte)0, (byte)255));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("""{"exposure":1}""", 1)]
    [InlineData("""{"shadows":60}""", 1)]
    [InlineData("""{"highlights":60}""", 1)]
    [InlineData("""{"shadows":-60}""", -1)]
    [InlineData("""{"highlights":-60}""", -1)]
    [InlineData("""{"vignette":60}""", -1)]
    [InlineData("""{"vignette":-60}""", 1)]
    public async Task More_and_less_go_the_right_way(string parameters, int direction)
    {
        var picture = TestPictures.Gradient(64, 64);

        var result = await studio.RunAsync("adjust", picture, parameters);

        var change = result.Samples.Sum(level => (long)level) - picture.Samples.Sum(level => (long)level);
        Math.Sign(change).ShouldBe(direction);
    }

    [Fact]
    public async Task Contrast_drives_dark_and_bright_apart()
    {
        var picture = TestPictures.Paint(2, 1, PixelFormat.Gray, (x, _) => x == 0 ? new(0.2f, 0.2f, 0.2f) : new(0.8f, 0.8f, 0.8f));

        var more = await studio.RunAsync("adjust", picture, """{"contrast":50}""");
        var less = await studio.RunAsync("adjust", picture, """{"contrast":-50}""");

        more.Samples[0].ShouldBeLessThan(picture.Samples[0]);
        more.Samples[1].ShouldBeGreaterThan(picture.Samples[1]);
        less.Samples[0].ShouldBeGreaterThan(picture.Samples[0]);
        less.Samples[1].ShouldBeLessThan(picture.Samples[1]);
    }

    [Fact]
    public async Task No_saturation_is_gray_and_vibrance_moves_muted_colours_more()
    {
        // A muted red beside a strong one.
        var picture = TestPictures.Paint(2, 1, PixelFormat.Rgb, (x, _) => x == 0 ? new(0.55f, 0.48f, 0.48f) : new(0.8f, 0.2f, 0.2f));

        var gray = await studio.RunAsync("adjust", TestPictures.Photo(64, 48, 3), """{"saturation":-100}""");
        var vivid = await studio.RunAsync("adjust", picture, """{"vibrance":100}""");

        for (var at = 0; at < gray.Samples.Length; at += 3)
            (gray.Samples.AsSpan(at, 3).ToArray().Max() - gray.Samples.AsSpan(at, 3).ToArray().Min()).ShouldBeLessThanOrEqualTo(1);
        (Spread(vivid, 0) / Spread(picture, 0)).ShouldBeGreaterThan(1.5);
        (Spread(vivid, 1) / Spread(picture, 1)).ShouldBeInRange(1, 1.4);

        static double Spread(Picture of, int x) => of.Samples[x * 3] - of.Samples[(x * 3) + 1];
    }

    [Fact]
    public async Task Warmer_and_tinted_light_keep_the_luminance_of_gray()
    {
        var picture = TestPictures.Solid(4, 4, new Rgb(120, 120, 120));

        var warm = await studio.RunAsync("adjust", picture, """{"temperature":60}""");
        var cold = await studio.RunAsync("adjust", picture, """{"temperature":-60}""");
        var magenta = await studio.RunAsync("adjust", picture, """{"tint":60}""");

        (warm.Samples[0] > 120 && warm.Samples[2] < 120).ShouldBeTrue();
        (cold.Samples[0] < 120 && cold.Samples[2] > 120).ShouldBeTrue();
        (magenta.Samples[1] < 120 && magenta.Samples[0] > 120 && magenta.Samples[2] > 120).ShouldBeTrue();
        foreach (var result in (Picture[])[warm, cold, magenta]) Luminance(result).ShouldBe(Luminance(picture), 0.003);

        static double Luminance(Picture of) =>
            (0.2126 * SrgbCurve.ToLinear(of.Samples[0] / 255.0)) + (0.7152 * SrgbCurve.ToLinear(of.Samples[1] / 255.0)) + (0.0722 * SrgbCurve.ToLinear(of.Samples[2] / 255.0));
    }

    [Fact]
    public async Task A_vignette_leaves_the_centre_and_takes_two_stops_from_the_corners()
    {
        var picture = TestPictures.Solid(301, 201, new Rgb(200, 200, 200));

        var result = await studio.RunAsync("adjust", picture, """{"vignette":100}""");

        result.Row(100)[150 * 3].ShouldBe((byte)200);
        var corner = SrgbCurve.ToLinear(result.Samples[0] / 255.0) / SrgbCurve.ToLinear(200 / 255.0);
        corner.ShouldBe(0.25, 0.01);
        foreach (var other in (int[])[300 * 3, 200 * 301 * 3, ((201 * 301) - 1) * 3]) result.Samples[other].ShouldBe(result.Samples[0]);
    }

    [Fact]
    public async Task Sharpening_steepens_edges_and_leaves_flat_parts()
    {
        var picture = TestPictures.Paint(40, 10, PixelFormat.Rgb, (x, _) => x < 20 ? new(0.3f, 0.3f, 0.3f) : new(0.7f, 0.7f, 0.7f));

        var result = await studio.RunAsync("adjust", picture, """{"sharpness":60}""");

        result.Row(5)[19 * 3].ShouldBeLessThan(picture.Row(5)[19 * 3]);
        result.Row(5)[20 * 3].ShouldBeGreaterThan(picture.Row(5)[20 * 3]);
        (result.Row(5)[3 * 3], result.Row(5)[36 * 3]).ShouldBe((picture.Row(5)[3 * 3], picture.Row(5)[36 * 3]));
    }

    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgba)]
    public async Task Gray_stays_gray_and_alpha_stays_as_it_is(PixelFormat format)
    {
        var picture = TestPictures.Texture(40, 30, seed: 4, format);

        var result = await studio.RunAsync(
            "adjust", picture, """{"exposure":0.5,"contrast":30,"saturation":40,"temperature":50,"sharpness":50,"vignette":20}""");

        result.Format.ShouldBe(format);
        if (!picture.HasAlpha) return;
        for (var at = picture.Channels - 1; at < picture.Samples.Length; at += picture.Channels) result.Samples[at].ShouldBe(picture.Samples[at]);
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg), 6);

        var output = await studio.RunAsync("adjust", file, """{"exposure":0.1}""");

        (output.Width, output.Height).ShouldBe((120, 160));
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var faults = new FaultList();
        using var json = JsonDocument.Parse("""{"exposure":1e308,"contrast":"NaN","sharpness":-1,"vignette":101,"blur":3}""");
        var given = json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));

        OperationParameters.Read(OperationCatalog.Get("adjust"), given, faults).ShouldBeNull();

        faults.ToDictionary().Keys.ShouldBe(["blur", "contrast", "exposure", "sharpness", "vignette"]);
    }
}
