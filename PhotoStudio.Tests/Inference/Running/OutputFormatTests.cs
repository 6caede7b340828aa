using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class OutputFormatTests
{
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    [Theory]
    [InlineData(PictureFormat.Jpeg, "image/jpeg", "jpg")]
    [InlineData(PictureFormat.Png, "image/png", "png")]
    [InlineData(PictureFormat.Webp, "image/webp", "webp")]
    public async Task Auto_keeps_the_inputs_format(PictureFormat input, string contentType, string extension)
    {
        var output = await RunAsync(TestFiles.Encode(TestPictures.Quarters(16, 16), input), """{"width":8}""");

        (output.ContentType, output.Extension).ShouldBe((contentType, extension));
        TestFiles.Codec.Probe(output.File).Format.ShouldBe(input);
    }

    [Fact]
    public async Task Auto_takes_png_for_an_input_whose_format_holds_only_a_palette()
    {
        var output = await RunAsync(Gif, """{"width":1}""");

        output.ContentType.ShouldBe("image/png");
    }

    [Fact]
    public async Task Auto_takes_png_where_the_inputs_format_cannot_hold_alpha()
    {
        var engine = new ScriptedEngine
        {
            Script = (_, _) => Task.FromResult(new EngineOutput { Pictures = [TestPictures.SoftShapes(20, 20)] }),
        };

        var output = await RunAsync(TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Jpeg), """{"width":8}""", engine);

        output.ContentType.ShouldBe("image/png");
        PictureAssert.Same(TestFiles.Decode(output.File), TestPictures.SoftShapes(20, 20));
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    public async Task The_format_asked_for_is_delivered(string format, string contentType)
    {
        var output = await RunAsync(
            TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png), $$"""{"width":8,"output_format":"{{format}}"}""");

        output.ContentType.ShouldBe(contentType);
    }

    [Fact]
    public async Task What_is_transparent_becomes_white_in_a_jpeg()
    {
        var file = TestFiles.Encode(new Picture(32, 32, PixelFormat.Rgba), PictureFormat.Png);

        var output = await RunAsync(file, """{"width":16,"output_format":"jpeg"}""");

        PictureAssert.Similar(TestFiles.Decode(output.File), TestPictures.Solid(16, 16, Rgb.White), maxDifference: 1);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task Quality_trades_size_for_likeness(string format)
    {
        var photo = TestPictures.Photo(320, 240, 3);
        var file = TestFiles.Encode(photo, PictureFormat.Png);

        var small = await RunAsync(file, $$"""{"width":320,"output_format":"{{format}}","output_quality":20}""");
        var fine = await RunAsync(file, $$"""{"width":320,"output_format":"{{format}}","output_quality":95}""");

        small.File.Length.ShouldBeLessThan(fine.File.Length / 2);
        PictureDifference.Between(TestFiles.Decode(small.File), photo).Psnr
            .ShouldBeLessThan(PictureDifference.Between(TestFiles.Decode(fine.File), photo).Psnr - 3);
    }

    [Fact]
    public async Task A_result_that_the_format_asked_for_cannot_hold_is_refused_and_auto_takes_png()
    {
        var engine = new ScriptedEngine
        {
            Script = (_, _) => Task.FromResult(new EngineOutput { Pictures = [new Picture(16_384, 2, PixelFormat.Gray)] }),
        };
        var file = TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Webp);

        var fault = await Should.ThrowAsync<InferenceException>(() => RunAsync(file, """{"width":8,"output_format":"webp"}""", engine));
        var output = await RunAsync(file, """{"width":8}""", engine);

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "result_too_large"));
        (output.ContentType, output.Width).ShouldBe(("image/png", 16_384));
    }

    private static async Task<InferenceOutput> RunAsync(byte[] file, string parameters, IEngine? engine = null)
    {
        await using var studio = await InferenceUnderTest.InProcessAsync(engine is null ? new() : InferenceSetup.With(engine));
        var request = new InferenceRequest("job-1", "resize", parameters, [new("image", file)]);
        var result = await studio.Inference.RunAsync(request, null, CancellationToken.None);
        return result.Outputs.ShouldHaveSingleItem();
    }
}
