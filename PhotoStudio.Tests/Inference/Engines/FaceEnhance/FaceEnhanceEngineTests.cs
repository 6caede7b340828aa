using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.FaceEnhance;

public sealed class FaceEnhanceEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly DrawnPortrait Drawn = new() { Noise = 7 };
    private static readonly Picture Noisy = Drawn.Paint(400, 400);

    [Fact]
    public async Task Only_the_face_changes()
    {
        var result = await studio.RunAsync("face-enhance", Noisy, """{"strength":1}""");

        for (var y = 0; y < 400; y++)
        {
            for (var x = 0; x < 400; x++)
            {
                var (across, down) = ((x - 200) / 80.0, (y - 170) / 80.0);
                if (Math.Abs(across) < 1.3 && down is > -1.3 and < 2.1) continue;
                result.Row(y).Slice(x * 3, 3).SequenceEqual(Noisy.Row(y).Slice(x * 3, 3)).ShouldBeTrue($"({x}, {y})");
            }
        }

        PictureDifference.Between(result, Noisy).Differing.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task Skin_loses_noise_and_eyes_gain_sharpness_the_more_the_stronger_it_is()
    {
        var half = await studio.RunAsync("face-enhance", Noisy, """{"strength":0.5}""");
        var full = await studio.RunAsync("face-enhance", Noisy, """{"strength":1}""");

        var (before, between, after) = (Noise(Noisy), Noise(half), Noise(full));
        between.ShouldBeLessThan(0.85 * before);
        after.ShouldBeLessThan(0.6 * before);
        Sharpness(half).ShouldBeGreaterThan(Sharpness(Noisy));
        Sharpness(full).ShouldBeGreaterThan(1.1 * Sharpness(Noisy));
    }

    [Fact]
    public async Task No_strength_changes_nothing() =>
        PictureAssert.Same(await studio.RunAsync("face-enhance", Noisy, """{"strength":0}"""), Noisy);

    [Fact]
    public async Task Alpha_stays()
    {
        var picture = Noisy.As(PixelFormat.Rgba);
        for (var i = 3; i < picture.Samples.Length; i += 4) picture.Samples[i] = (byte)(200 + (i % 50));

        var result = await studio.RunAsync("face-enhance", picture, """{"strength":1}""");

        result.Format.ShouldBe(PixelFormat.Rgba);
        for (var i = 3; i < picture.Samples.Length; i += 4) result.Samples[i].ShouldBe(picture.Samples[i]);
        PictureDifference.Between(result, picture).Differing.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task A_picture_without_a_face_is_refused_with_a_clear_error()
    {
        (await studio.RefusalAsync("face-enhance", "{}", "no_face", ("image", TestPictures.Photo(200, 150, seed: 3)))).ShouldContain("face");
        await studio.RefusalAsync("face-enhance", "{}", "no_face", ("image", TestPictures.Solid(1, 1, new Rgb(200, 150, 120))));
        await studio.RefusalAsync("face-enhance", "{}", "no_face", ("image", (Drawn with { EyeDistance = 8 }).Paint(400, 400)));
    }

    [Fact]
    public async Task The_result_is_marked_as_enhanced()
    {
        var output = await studio.RunAsync("face-enhance", TestFiles.Encode(Noisy, PictureFormat.Png), "{}");

        TestFiles.Codec.Probe(output.File).DigitalSourceType!.ShouldEndWith("algorithmicallyEnhanced");
    }

    // Mean difference between neighbours on the forehead and the cheeks, in levels.
    private static double Noise(Picture picture) => Differences(picture, 165, 105, 235, 120) + Differences(picture, 140, 200, 165, 225);

    private static double Differences(Picture picture, int left, int top, int right, int bottom)
    {
        double sum = 0;
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++) sum += Math.Abs(picture.Row(y)[(3 * x) + 4] - picture.Row(y)[(3 * x) + 1]);
        return sum / ((right - left) * (bottom - top));
    }

    // The largest step across the border of an iris, row by row.
    private static double Sharpness(Picture picture)
    {
        double sum = 0;
        for (var y = 168; y < 174; y++)
            sum += Enumerable.Range(146, 12).Max(x => Math.Abs(picture.Row(y)[(3 * (x + 2)) + 1] - picture.Row(y)[(3 * x) + 1]));
        return sum;
    }
}
