using PhotoStudio.Imaging;
using PhotoStudio.Inference.Engines.Upscale;
using PhotoStudio.Tests.Support;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Upscale;

public sealed class BackProjectionUpscaleTests(BackProjectionUpscaleTests.Studio studio)
    : UpscaleEngineTests(studio), IClassFixture<BackProjectionUpscaleTests.Studio>
{
    private readonly Studio _studio = studio;

    internal override Task<LumaEnlarger> EnlargerAsync(double scale) => Task.FromResult<LumaEnlarger>(new BackProjectionEnlarger());

    [Fact]
    public async Task Shrunk_again_the_result_is_what_it_came_from()
    {
        var picture = TestPictures.Photo(120, 90, seed: 3).As(PixelFormat.Gray);

        var back = Resampled(await _studio.RunAsync("upscale", picture, """{"scale":3}"""), 120, 90);

        PictureAssert.Similar(back, picture, psnr: 42);
    }

    public sealed class Studio : OperationUnderTest
    {
        protected override InferenceSetup Setup => new(Settings: new Dictionary<string, string?> { ["Engines:upscale"] = "back-projection" });
    }
}
