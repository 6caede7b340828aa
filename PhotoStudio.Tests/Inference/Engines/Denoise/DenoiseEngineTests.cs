using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines.Denoise;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Denoise;

public sealed class DenoiseEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Clean = TestPictures.Photo(160, 120, seed: 5);

    [Theory]
    [InlineData(15, 4.5)]
    [InlineData(25, 6)]
    [InlineData(50, 7)]
    public async Task Noise_goes_whether_its_level_is_told_or_estimated(double sigma, double gain)
    {
        var noisy = Noisy(Clean, sigma);

        var told = await studio.RunAsync("denoise", noisy, FormattableString.Invariant($$"""{"noise_level":{{sigma}}}"""));
        var estimated = await studio.RunAsync("denoise", noisy, "{}");

        Psnr(told).ShouldBeGreaterThan(Psnr(noisy) + gain);
        Psnr(estimated).ShouldBeGreaterThan(Psnr(told) - 0.6);
    }

    [Fact]
    public async Task A_picture_without_noise_stays_as_it_is()
    {
        PictureAssert.Same(await studio.RunAsync("denoise", TestPictures.Gradient(200, 150), "{}"), TestPictures.Gradient(200, 150));
        PictureAssert.Same(await studio.RunAsync("denoise", Noisy(Clean, 20), """{"strength":0}"""), Noisy(Clean, 20));
        PictureAssert.Same(await studio.RunAsync("denoise", Noisy(Clean, 20), """{"noise_level":0}"""), Noisy(Clean, 20));
    }

    [Fact]
    public async Task Half_the_strength_takes_half_of_the_noise()
    {
        var noisy = Noisy(Clean, 20);

        var all = await studio.RunAsync("denoise", noisy, """{"noise_level":20}""");
        var half = await studio.RunAsync("denoise", noisy, """{"noise_level":20,"strength":0.5}""");

        for (var i = 0; i < noisy.Samples.Length; i++) ((double)half.Samples[i]).ShouldBe((noisy.Samples[i] + all.Samples[i]) / 2.0, 1.1);
    }

    [Fact]
    public async Task An_edge_stays_where_and_as_sharp_as_it_is()
    {
        var edge = TestPictures.Paint(96, 64, PixelFormat.Rgb, (x, _) => x < 48 ? new(0.2f, 0.3f, 0.4f) : new(0.8f, 0.7f, 0.6f));

        var result = await studio.RunAsync("denoise", Noisy(edge, 20), """{"noise_level":20}""");

        for (var y = 8; y < 56; y++)
        {
            Math.Abs(result.Row(y)[46 * 3] - 51).ShouldBeLessThan(14);
            Math.Abs(result.Row(y)[49 * 3] - 204).ShouldBeLessThan(14);
        }
    }

    [Theory]
    [InlineData(PixelFormat.Gray)]
    [InlineData(PixelFormat.GrayAlpha)]
    [InlineData(PixelFormat.Rgba)]
    public async Task Gray_and_alpha_stay(PixelFormat format)
    {
        var picture = TestPictures.Static(70, 50, seed: 4, format);

        var result = await studio.RunAsync("denoise", picture, """{"noise_level":40}""");

        result.Format.ShouldBe(format);
        result.Samples.ShouldNotBe(picture.Samples);
        if (!picture.HasAlpha) return;
        for (var at = picture.Channels - 1; at < picture.Samples.Length; at += picture.Channels) result.Samples[at].ShouldBe(picture.Samples[at]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 200)]
    [InlineData(9, 7)]
    [InlineData(17, 33)]
    public async Task Any_size_works(int width, int height)
    {
        foreach (var parameters in (string[])["{}", """{"noise_level":100}"""])
        {
            var result = await studio.RunAsync("denoise", TestPictures.Static(width, height, seed: 3), parameters);
            (result.Width, result.Height).ShouldBe((width, height));
        }
    }

    [Fact]
    public void Tiles_have_no_seams()
    {
        // Two tiles a row; and the part around their border alone, where it is within one tile.
        var wide = Noisy(TestPictures.Photo(1_300, 64, seed: 8), 20);
        var part = new Picture(400, 64, PixelFormat.Rgb);
        for (var y = 0; y < 64; y++) wide.Row(y).Slice(824 * 3, part.Stride).CopyTo(part.Row(y));

        var tiled = Denoising.Run(wide, 20, 1, null, CancellationToken.None);
        var whole = Denoising.Run(part, 20, 1, null, CancellationToken.None);

        for (var y = 0; y < 64; y++)
        {
            for (var x = 60 * 3; x < 340 * 3; x++) Math.Abs(tiled.Row(y)[(824 * 3) + x] - whole.Row(y)[x]).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void The_same_picture_gives_the_same_samples_however_many_threads_there_are()
    {
        var noisy = Noisy(TestPictures.Photo(200, 300, seed: 6), 25);
        Picture one;
        using (PhotoStudio.Inference.Algorithms.RowBands.LimitTo(1)) one = Denoising.Run(noisy, 25, 1, null, CancellationToken.None);
        using (PhotoStudio.Inference.Algorithms.RowBands.LimitTo(4)) PictureAssert.Same(Denoising.Run(noisy, 25, 1, null, CancellationToken.None), one);
    }

    [Fact]
    public void Cancelling_stops_the_work_and_progress_rises_before()
    {
        using var cancel = new CancellationTokenSource();
        List<double> told = [];
        var progress = new Listener(value =>
        {
            lock (told) told.Add(value);
            if (value > 0.2) cancel.Cancel();
        });

        Should.Throw<OperationCanceledException>(() => Denoising.Run(Noisy(TestPictures.Photo(160, 900, 2), 20), 20, 1, progress, cancel.Token));

        told.Count.ShouldBeGreaterThan(1);
        told.Max().ShouldBeLessThan(0.9);
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg), 6);

        var output = await studio.RunAsync("denoise", file, """{"sigma":10}""");

        (output.Width, output.Height).ShouldBe((120, 160));
    }

    private static Picture Noisy(Picture picture, double sigma)
    {
        var random = new Random(11);
        var result = new Picture(picture.Width, picture.Height, picture.Format);
        for (var i = 0; i < result.Samples.Length; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            result.Samples[i] = (byte)Math.Clamp(Math.Round(picture.Samples[i] + (sigma * normal)), 0, 255);
        }

        return result;
    }

    private static double Psnr(Picture picture) => PictureDifference.Between(picture, Clean).Psnr;

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
