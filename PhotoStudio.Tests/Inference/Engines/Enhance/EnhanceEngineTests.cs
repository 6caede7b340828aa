using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Enhance;

public sealed class EnhanceEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Good = FullRange(TestPictures.Photo(320, 240, seed: 5));

    [Theory]
    [InlineData("too dark", 0.5, 0.5, 0.5, 0.5)]
    [InlineData("much too dark", 0.25, 0.25, 0.25, 0.5)]
    [InlineData("too bright", 2.5, 2.5, 2.5, 0.5)]
    [InlineData("too warm", 1.35, 1, 0.6, 0.7)]
    [InlineData("too cold", 0.65, 1, 1.4, 0.7)]
    [InlineData("too green", 0.75, 1.15, 0.75, 0.7)]
    public async Task A_picture_in_wrong_light_comes_back_most_of_the_way(string fault, double red, double green, double blue, double left)
    {
        var spoilt = Map(Good, (value, channel) =>
            SrgbCurve.FromLinear(Math.Min(1, SrgbCurve.ToLinear(value) * (channel switch { 0 => red, 1 => green, _ => blue }))));

        var result = await studio.RunAsync("enhance", spoilt, "{}");

        Difference(result, Good).ShouldBeLessThan(left * Difference(spoilt, Good), fault);
    }

    [Theory]
    [InlineData(0.25, 0.5)]
    [InlineData(0.3, 0.45)]
    public async Task A_flat_picture_gets_its_contrast_back(double black, double range)
    {
        var flat = Map(Good, (value, _) => black + (range * value));

        var result = await studio.RunAsync("enhance", flat, "{}");

        Difference(result, Good).ShouldBeLessThan(0.5 * Difference(flat, Good));
    }

    [Fact]
    public async Task A_good_picture_hardly_changes()
    {
        Difference(await studio.RunAsync("enhance", Good, "{}"), Good).ShouldBeLessThan(3);
    }

    [Fact]
    public async Task Night_and_snow_stay_night_and_snow()
    {
        // A dark ground with a few lamps, and a bright one with a few dark trees: nothing is wrong with either.
        var night = TestPictures.Paint(200, 150, PixelFormat.Rgb, (x, y) => x % 50 < 3 && y % 50 < 3 ? new(1, 1, 1) : new(0.12f, 0.14f, 0.2f));
        var snow = TestPictures.Paint(200, 150, PixelFormat.Rgb, (x, y) => x % 40 < 4 ? new(0.03f, 0.03f, 0.03f) : new(0.85f, 0.86f, 0.88f));

        Mean(await studio.RunAsync("enhance", night, "{}")).ShouldBeLessThan(70);
        Mean(await studio.RunAsync("enhance", snow, "{}")).ShouldBeGreaterThan(165);
    }

    [Fact]
    public async Task Without_strength_or_with_everything_switched_off_every_pixel_stays()
    {
        var picture = Map(Good, (value, _) => 0.3 + (0.4 * value));

        PictureAssert.Same(await studio.RunAsync("enhance", picture, """{"strength":0}"""), picture);
        PictureAssert.Same(
            await studio.RunAsync("enhance", picture, """{"white_balance":false,"exposure":false,"local_contrast":false,"color":false}"""),
            picture);
    }

    [Fact]
    public async Task Half_the_strength_goes_half_the_way()
    {
        var dark = Map(Good, (value, _) => SrgbCurve.FromLinear(0.3 * SrgbCurve.ToLinear(value)));

        double before = Mean(dark), half = Mean(await studio.RunAsync("enhance", dark, """{"strength":0.5}""")), all = Mean(await studio.RunAsync("enhance", dark, "{}"));

        half.ShouldBe((before + all) / 2, 1);
    }

    [Fact]
    public async Task Each_part_can_be_left_out()
    {
        var warmAndDark = Map(Good, (value, channel) =>
            SrgbCurve.FromLinear(SrgbCurve.ToLinear(value) * (channel switch { 0 => 0.4, 1 => 0.3, _ => 0.17 })));

        var balanced = await studio.RunAsync("enhance", warmAndDark, """{"exposure":false,"local_contrast":false,"color":false}""");
        var exposed = await studio.RunAsync("enhance", warmAndDark, """{"white_balance":false,"local_contrast":false,"color":false}""");

        Warmth(balanced).ShouldBeLessThan(0.6 * Warmth(warmAndDark));
        Mean(balanced).ShouldBe(Mean(warmAndDark), 12);
        Mean(exposed).ShouldBeGreaterThan(1.4 * Mean(warmAndDark));
    }

    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgba)]
    public async Task Gray_stays_gray_and_alpha_stays_as_it_is(PixelFormat format)
    {
        var picture = Map(TestPictures.Texture(90, 70, seed: 4, format), (value, _) => 0.4 + (0.2 * value), alphaToo: false);

        var result = await studio.RunAsync("enhance", picture, "{}");

        result.Format.ShouldBe(format);
        result.Samples.ShouldNotBe(picture.Samples);
        if (!picture.HasAlpha) return;
        for (var at = picture.Channels - 1; at < picture.Samples.Length; at += picture.Channels) result.Samples[at].ShouldBe(picture.Samples[at]);
    }

    [Fact]
    public async Task What_is_transparent_does_not_steer_the_correction()
    {
        // The same subject on nothing, once over hidden black and once over hidden white.
        var dark = TestPictures.Paint(120, 80, PixelFormat.Rgba, (x, y) => x < 60 ? Subject(x, y) : new(0, 0, 0, 0));
        var bright = TestPictures.Paint(120, 80, PixelFormat.Rgba, (x, y) => x < 60 ? Subject(x, y) : new(1, 1, 1, 0));

        Picture one = await studio.RunAsync("enhance", dark, """{"local_contrast":false}"""), other = await studio.RunAsync("enhance", bright, """{"local_contrast":false}""");

        for (var y = 0; y < 80; y++)
        {
            for (var x = 0; x < 56 * 4; x++) Math.Abs(one.Row(y)[x] - other.Row(y)[x]).ShouldBeLessThanOrEqualTo(2);
        }

        static TestPictures.Sample Subject(int x, int y) => new(0.1f + (0.004f * x), 0.1f + (0.003f * y), 0.2f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(2, 3)]
    public async Task Any_size_works(int width, int height)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var result = await studio.RunAsync("enhance", TestPictures.Static(width, height, seed: 3, format), "{}");
            (result.Width, result.Height, result.Format).ShouldBe((width, height, format));
        }
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg), 6);

        var output = await studio.RunAsync("enhance", file, "{}");

        (output.Width, output.Height).ShouldBe((120, 160));
    }

    /// <summary>From black to white, as a well exposed photograph is.</summary>
    private static Picture FullRange(Picture picture)
    {
        byte low = picture.Samples.Order().ElementAt(picture.Samples.Length / 200), high = picture.Samples.Order().ElementAt(picture.Samples.Length * 199 / 200);
        return Map(picture, (value, _) => (value - (low / 255.0)) / ((high - low) / 255.0));
    }

    private static Picture Map(Picture picture, Func<double, int, double> map, bool alphaToo = true)
    {
        var result = new Picture(picture.Width, picture.Height, picture.Format);
        for (var i = 0; i < result.Samples.Length; i++)
        {
            var channel = i % picture.Channels;
            var keep = !alphaToo && picture.HasAlpha && channel == picture.Channels - 1;
            result.Samples[i] = keep ? picture.Samples[i] : (byte)Math.Round(255 * Math.Clamp(map(picture.Samples[i] / 255.0, channel), 0, 1));
        }

        return result;
    }

    private static double Difference(Picture one, Picture other)
    {
        double sum = 0;
        for (var at = 0; at < one.Samples.Length; at += 3) sum += CieDe2000.Between(Lab(one, at), Lab(other, at));
        return sum / (one.Width * one.Height);

        static (double, double, double) Lab(Picture of, int at) =>
            CieLab.FromSrgb(of.Samples[at] / 255f, of.Samples[at + 1] / 255f, of.Samples[at + 2] / 255f);
    }

    private static double Mean(Picture picture) => picture.Samples.Average(sample => (double)sample);

    private static double Warmth(Picture picture)
    {
        double red = 0, blue = 0;
        for (var at = 0; at < picture.Samples.Length; at += 3) (red, blue) = (red + picture.Samples[at], blue + picture.Samples[at + 2]);
        return Math.Log(red / blue);
    }
}
