using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Engines.Convert;
using PhotoStudio.Inference.Engines.Resize;
using PhotoStudio.Inference.Running;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class RunMemoryTests
{
    private static readonly VipsPictureCodec Codec = new();

    [Theory]
    [InlineData("jpeg", 12)]
    [InlineData("webp", 14)]
    [InlineData("gif", 40)]
    [InlineData("avif", 42)]
    public void Writing_counts_by_the_format_that_is_written(string format, int bytesPerPixel) =>
        Converting(PictureFormat.Jpeg, $$"""{"output_format":"{{format}}"}""").ShouldBeGreaterThanOrEqualTo(bytesPerPixel * 100L * 80);

    [Fact]
    public void Lossless_and_high_effort_count_for_more()
    {
        var usual = Converting(PictureFormat.Jpeg, """{"output_format":"avif"}""");

        Converting(PictureFormat.Jpeg, """{"output_format":"avif","effort":10}""").ShouldBeGreaterThan(usual);
        Converting(PictureFormat.Jpeg, """{"output_format":"avif","lossless":true}""").ShouldBeGreaterThan(usual);
    }

    [Fact]
    public void Reading_counts_by_the_format_that_is_read()
    {
        var jpeg = Converting(PictureFormat.Jpeg, """{"output_format":"jpeg"}""");

        Converting(PictureFormat.Avif, """{"output_format":"jpeg"}""").ShouldBeGreaterThan(jpeg);
        Converting(PictureFormat.Webp, """{"output_format":"jpeg"}""").ShouldBeGreaterThan(jpeg);
    }

    [Fact]
    public void An_enlarged_result_counts_at_its_own_size()
    {
        var run = Run("resize", PictureFormat.Jpeg, """{"width":1000,"output_format":"avif"}""");

        RunMemory.For(new ResizeEngine(), run).ShouldBeGreaterThanOrEqualTo(42L * 1000 * 800);
    }

    [Fact]
    public async Task Every_engine_that_enlarges_counts_at_the_size_of_its_result()
    {
        await using var studio = await InferenceUnderTest.InProcessAsync(new());
        var run = Run("upscale", PictureFormat.Jpeg, """{"scale":3}""");
        var engines = studio.Services.GetServices<IEngine>().Where(engine => engine.Operation == "upscale").ToList();

        engines.Count.ShouldBe(4);
        foreach (var engine in engines) engine.ResultPixels(run).ShouldBe(300L * 240, engine.Name);
    }

    private static long Converting(PictureFormat from, string parameters) => RunMemory.For(new ConvertEngine(), Run("convert", from, parameters));

    private static EngineRun Run(string operation, PictureFormat from, string parameters)
    {
        var file = Codec.Encode(TestPictures.Gradient(100, 80), new EncodeOptions(from));
        EngineInput input = new("image", file, Codec.Probe(file), Codec, PictureLimits.Default);
        return new(OperationParameters.FromJson(OperationCatalog.Get(operation), parameters), [input], Codec, new Progress<PhotoStudio.Core.Inference.InferenceProgress>(), 1);
    }
}
