using System.Text.Json;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines.Relight;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Relight;

public sealed class RelightEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(160, 120, seed: 5);

    [Theory]
    [InlineData("left", -1, 0)]
    [InlineData("right", 1, 0)]
    [InlineData("top", 0, -1)]
    [InlineData("bottom", 0, 1)]
    [InlineData("top-left", -1, -1)]
    [InlineData("bottom_right", 1, 1)]
    public async Task The_side_the_light_comes_from_becomes_brighter_than_the_other(string direction, int x, int y)
    {
        var result = await studio.RunAsync("relight", Photo, $$"""{"direction":"{{direction}}"}""");

        var gain = new Gains(Photo, result);
        if (x != 0) Math.Sign(gain.Right - gain.Left).ShouldBe(x);
        if (y != 0) Math.Sign(gain.Bottom - gain.Top).ShouldBe(y);
        Math.Max(Math.Abs(gain.Right - gain.Left), Math.Abs(gain.Bottom - gain.Top)).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public async Task An_angle_says_the_same_as_a_direction()
    {
        PictureAssert.Same(
            await studio.RunAsync("relight", Photo, """{"azimuth":180,"direction":"right"}"""), await studio.RunAsync("relight", Photo, """{"direction":"left"}"""));
        PictureAssert.Same(
            await studio.RunAsync("relight", Photo, """{"azimuth":-270}"""), await studio.RunAsync("relight", Photo, """{"azimuth":90}"""));
    }

    [Fact]
    public async Task More_light_is_brighter_and_more_ambient_is_more_even()
    {
        double before = 0, spread = double.MaxValue;
        foreach (var intensity in (string[])["0.2", "0.7", "1.2", "2"])
        {
            var mean = (await studio.RunAsync("relight", Photo, $$"""{"intensity":{{intensity}}}""")).Samples.Average(sample => (double)sample);
            mean.ShouldBeGreaterThan(before);
            before = mean;
        }

        foreach (var ambient in (string[])["0", "0.4", "1"])
        {
            var gain = new Gains(Photo, await studio.RunAsync("relight", Photo, $$"""{"direction":"left","intensity":0.8,"ambient":{{ambient}}}"""));
            ((gain.Left - gain.Right) / (gain.Left + gain.Right)).ShouldBeLessThan(spread);
            spread = (gain.Left - gain.Right) / (gain.Left + gain.Right);
        }
    }

    [Fact]
    public async Task Without_a_light_of_its_own_only_the_ambient_one_is_left()
    {
        var muted = TestPictures.Paint(40, 30, PixelFormat.Rgb, (x, y) => new(0.1f + (0.01f * x), 0.1f + (0.015f * y), 0.4f));
        PictureAssert.Similar(await studio.RunAsync("relight", muted, """{"intensity":0,"ambient":1}"""), muted, maxDifference: 1);
    }

    [Fact]
    public async Task The_light_has_its_colour_and_white_light_has_none()
    {
        var gray = TestPictures.Texture(80, 60, 3, PixelFormat.Gray);

        var white = await studio.RunAsync("relight", gray, "{}");
        var blue = await studio.RunAsync("relight", gray, """{"color":"#4060ff"}""");
        var golden = await studio.RunAsync("relight", gray, """{"light":"golden hour"}""");

        white.Format.ShouldBe(PixelFormat.Gray);
        (Mean(blue, 2) - Mean(blue, 0)).ShouldBeGreaterThan(20);
        (Mean(golden, 0) - Mean(golden, 2)).ShouldBeGreaterThan(20);
        static double Mean(Picture of, int channel) => of.Samples.Where((_, i) => i % of.Channels == channel).Average(sample => (double)sample);
    }

    [Fact]
    public async Task Detail_stays_and_nothing_is_cut_off()
    {
        var bright = TestPictures.Paint(200, 150, PixelFormat.Rgb, (x, y) =>
        {
            var ripple = (x + y) % 2 == 0 ? 0.04f : -0.04f;
            return new(0.85f + ripple, 0.8f + ripple, 0.7f + ripple);
        });

        var result = await studio.RunAsync("relight", bright, """{"direction":"left","intensity":1,"ambient":0.5}""");

        result.Samples.Count(sample => sample == 255).ShouldBeLessThan(result.Samples.Length / 200);
        for (var y = 0; y < 150; y++)
        {
            // The ripple of neighbouring pixels is still there, everywhere.
            for (var x = 0; x < 198; x++) Math.Abs(result.Row(y)[(x + 1) * 3] - result.Row(y)[x * 3]).ShouldBeGreaterThan(2);
        }
    }

    [Fact]
    public async Task Every_named_light_gives_a_picture_of_its_own()
    {
        var results = new List<byte[]>();
        foreach (var light in Enum.GetValues<LightKind>())
            results.Add((await studio.RunAsync("relight", Photo, $$"""{"light":"{{JsonNamingPolicy.KebabCaseLower.ConvertName(light.ToString())}}"}""")).Samples);
        for (var i = 0; i < results.Count; i++)
        {
            for (var j = 0; j < i; j++) results[i].ShouldNotBe(results[j]);
        }
    }

    [Theory]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgba)]
    public async Task Alpha_stays_as_it_is(PixelFormat format)
    {
        var picture = TestPictures.Texture(60, 40, seed: 4, format);
        foreach (var parameters in (string[])["{}", """{"light":"neon"}"""])
        {
            var result = await studio.RunAsync("relight", picture, parameters);
            result.HasAlpha.ShouldBeTrue();
            for (var i = 0; i < 60 * 40; i++)
                result.Samples[((i + 1) * result.Channels) - 1].ShouldBe(picture.Samples[((i + 1) * picture.Channels) - 1]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 2)]
    public async Task Any_size_works(int width, int height)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var result = await studio.RunAsync("relight", TestPictures.Static(width, height, 3, format), "{}");
            (result.Width, result.Height, result.Format).ShouldBe((width, height, format));
        }
    }

    [Fact]
    public void Cancelling_stops_the_work()
    {
        using var cancel = new CancellationTokenSource();
        var light = LightSource.From(OperationParameters.Defaults(OperationCatalog.Get("relight")));
        Should.Throw<OperationCanceledException>(() => Relighting.Run(Photo, light, new Listener(_ => cancel.Cancel()), cancel.Token));
    }

    [Fact]
    public void No_light_at_all_and_values_out_of_range_are_refused()
    {
        Faults("""{"intensity":0,"ambient":0}""").ShouldBe(["ambient"]);
        Faults("""{"intensity":3,"azimuth":1e308,"color":"loud","light":"lava","direction":"inside"}""")
            .ShouldBe(["azimuth", "color", "direction", "intensity", "light"], ignoreOrder: true);

        static IEnumerable<string> Faults(string parameters)
        {
            var faults = new FaultList();
            using var json = JsonDocument.Parse(parameters);
            var given = json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
            OperationParameters.Read(OperationCatalog.Get("relight"), given, faults).ShouldBeNull();
            return faults.ToDictionary().Keys;
        }
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg), 6);

        var output = await studio.RunAsync("relight", file, "{}");

        (output.Width, output.Height).ShouldBe((120, 160));
    }

    /// <summary>How much brighter the halves of a picture became.</summary>
    private sealed class Gains(Picture before, Picture after)
    {
        public double Left => Of((x, _) => x < before.Width / 2);

        public double Right => Of((x, _) => x >= before.Width / 2);

        public double Top => Of((_, y) => y < before.Height / 2);

        public double Bottom => Of((_, y) => y >= before.Height / 2);

        private double Of(Func<int, int, bool> counts)
        {
            double old = 0, now = 0;
            for (var i = 0; i < before.Samples.Length; i++)
            {
                int x = i / 3 % before.Width, y = i / 3 / before.Width;
                if (counts(x, y)) (old, now) = (old + before.Samples[i], now + after.Samples[i]);
            }

            return now / old;
        }
    }

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
