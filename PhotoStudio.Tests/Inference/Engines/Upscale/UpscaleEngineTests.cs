using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Upscale;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Upscale;

/// <summary>What every engine that upscales holds to.</summary>
public abstract class UpscaleEngineTests(OperationUnderTest studio)
{
    /// <summary>What the engine enlarges tiles by.</summary>
    internal abstract Task<LumaEnlarger> EnlargerAsync(double scale);

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(4, 0.3)]
    public async Task It_comes_nearer_to_the_original_than_bicubic_interpolation(int scale, double gain)
    {
        var original = TestPictures.Photo(256, 192, seed: 5).As(PixelFormat.Gray);
        var small = Resampled(original, 256 / scale, 192 / scale);

        var result = await studio.RunAsync("upscale", small, $$"""{"scale":{{scale}}}""");

        Psnr(result).ShouldBeGreaterThan(Psnr(Resampled(small, 256, 192)) + gain);
        double Psnr(Picture picture) => PictureDifference.Between(picture, original).Psnr;
    }

    [Fact]
    public async Task An_edge_rings_no_more_than_by_bicubic_interpolation_and_is_steeper()
    {
        var edge = TestPictures.Paint(40, 40, PixelFormat.Gray, (x, _) => x < 20 ? new(0.25f, 0.25f, 0.25f) : new(0.75f, 0.75f, 0.75f));

        Picture ours = await studio.RunAsync("upscale", edge, """{"scale":4}"""), bicubic = Resampled(edge, 160, 160);

        ours.Samples.Max().ShouldBeLessThanOrEqualTo(bicubic.Samples.Max());
        ours.Samples.Min().ShouldBeGreaterThanOrEqualTo(bicubic.Samples.Min());
        (ours.Row(80)[81] - ours.Row(80)[78]).ShouldBeGreaterThan(bicubic.Row(80)[81] - bicubic.Row(80)[78]);
    }

    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgba)]
    public async Task Format_and_one_colour_stay_everywhere(PixelFormat format)
    {
        var picture = TestPictures.Solid(13, 9, new Rgb(200, 100, 50), format);

        var result = await studio.RunAsync("upscale", picture, """{"scale":2.5}""");

        (result.Width, result.Height, result.Format).ShouldBe((32, 22, format));
        for (var i = 0; i < result.Samples.Length; i++) result.Samples[i].ShouldBe(picture.Samples[i % picture.Channels]);
    }

    [Fact]
    public async Task Alpha_grows_and_hidden_colours_do_not_bleed_into_the_edge()
    {
        // A red square on transparent green.
        var picture = TestPictures.Paint(40, 40, PixelFormat.Rgba, (x, y) =>
            x is >= 10 and < 30 && y is >= 10 and < 30 ? new(0.9f, 0.1f, 0.1f) : new(0, 1, 0, 0));

        var result = await studio.RunAsync("upscale", picture, """{"scale":2}""");

        result.Samples[(((40 * 80) + 40) * 4) + 3].ShouldBe((byte)255);
        result.Samples[3].ShouldBe((byte)0);
        for (var at = 0; at < result.Samples.Length; at += 4)
        {
            if (result.Samples[at + 3] < 30) continue;
            result.Samples[at].ShouldBeGreaterThan((byte)200);
            result.Samples[at + 1].ShouldBeLessThan((byte)60);
        }
    }

    [Theory]
    [InlineData(1, 1, 8)]
    [InlineData(1, 50, 2)]
    [InlineData(3, 2, 1.3)]
    [InlineData(57, 31, 3.7)]
    public async Task Any_size_and_any_factor_work(int width, int height, double scale)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var result = await studio.RunAsync(
                "upscale", TestPictures.Static(width, height, 3, format), FormattableString.Invariant($$"""{"scale_factor":{{scale}}}"""));
            (result.Width, result.Height, result.Format).ShouldBe(((int)Math.Round(width * scale), (int)Math.Round(height * scale), format));
        }
    }

    [Fact]
    public async Task A_factor_of_one_keeps_every_sample()
    {
        var picture = TestPictures.Static(20, 10, 1);
        PictureAssert.Same(await studio.RunAsync("upscale", picture, """{"scale":1}"""), picture);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3.3)]
    public async Task Tiles_have_no_seams(double scale)
    {
        var enlarger = await EnlargerAsync(scale);
        // The border between two tiles lies in the middle of the part, which is within one tile by itself.
        var wide = TestPictures.Photo(700, 40, seed: 8);
        var border = (int)(enlarger.TileFor(scale) / scale);
        var first = Enumerable.Range(border - 90, 80).First(x => Math.Abs((x * scale) - Math.Round(x * scale)) < 1e-6);
        var part = new Picture(180, 40, PixelFormat.Rgb);
        for (var y = 0; y < 40; y++) wide.Row(y).Slice(first * 3, part.Stride).CopyTo(part.Row(y));

        var (width, height) = Upscaling.Size(700, 40, scale);
        var tiled = Upscaling.Run(wide, width, height, enlarger, null, CancellationToken.None);
        var whole = Upscaling.Run(part, (int)Math.Round(180 * scale), height, enlarger, null, CancellationToken.None);

        var left = (int)Math.Round(first * scale);
        for (var y = 0; y < height; y++)
        {
            for (var x = (int)(30 * scale) * 3; x < (int)(150 * scale) * 3; x++)
                Math.Abs(tiled.Row(y)[(left * 3) + x] - whole.Row(y)[x]).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public async Task A_result_beyond_the_limits_is_refused()
    {
        var file = TestFiles.Encode(TestPictures.Solid(1_200, 1_100, new Rgb(1, 2, 3)), PictureFormat.Png);

        var fault = await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("upscale", file, """{"scale":8}"""));

        fault.Message.ShouldContain("9,600");
    }

    [Fact]
    public async Task Cancelling_stops_between_and_within_tiles()
    {
        var enlarger = await EnlargerAsync(4);
        using var cancel = new CancellationTokenSource();
        var picture = TestPictures.Photo(700, 60, seed: 2);
        Should.Throw<OperationCanceledException>(() => Upscaling.Run(picture, 2_800, 240, enlarger, new Listener(_ => cancel.Cancel()), cancel.Token));
    }

    protected static Picture Resampled(Picture picture, int width, int height)
    {
        var plane = new Plane(picture.Width, picture.Height, [.. picture.Samples.Select(sample => (float)sample)]);
        var result = BicubicTaps.Resample(plane, BicubicTaps.For(picture.Width, width), BicubicTaps.For(picture.Height, height));
        return new Picture(width, height, PixelFormat.Gray, [.. result.Data.Select(value => (byte)(Math.Clamp(value, 0, 255) + 0.5f))]);
    }

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
