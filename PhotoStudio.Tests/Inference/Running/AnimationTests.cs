using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class AnimationTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Animation Moving = TestPictures.Moving(60, 40, frames: 4, loops: 2);
    private static readonly byte[] Gif = TestFiles.Codec.Encode(Moving, new EncodeOptions(PictureFormat.Gif));
    private static readonly byte[] Webp = TestFiles.Codec.Encode(Moving, new EncodeOptions(PictureFormat.Webp, Lossless: true));

    [Fact]
    public void Those_operations_keep_animations_that_treat_every_frame_alike() =>
        OperationCatalog.All.Where(operation => operation.KeepsAnimation).Select(operation => operation.Name)
            .ShouldBe(["adjust", "convert", "crop", "flip", "resize", "rotate"]);

    [Theory]
    [InlineData("""{"output_format":"webp","lossless":true}""", PictureFormat.Webp)]
    [InlineData("""{"output_format":"gif"}""", PictureFormat.Gif)]
    [InlineData("{}", PictureFormat.Gif)]
    public async Task A_gif_becomes_an_animation_again(string parameters, PictureFormat expected)
    {
        var output = await studio.RunAsync("convert", Gif, parameters);

        var read = Frames(output, expected);
        foreach (var (frame, source) in read.Frames.Zip(Moving.Frames)) PictureAssert.Same(frame.As(PixelFormat.Rgb), source);
    }

    [Fact]
    public async Task An_animated_webp_becomes_a_gif()
    {
        var read = Frames(await studio.RunAsync("convert", Webp, """{"output_format":"gif"}"""), PictureFormat.Gif);

        foreach (var (frame, source) in read.Frames.Zip(Moving.Frames)) PictureAssert.Same(frame.As(PixelFormat.Rgb), source);
    }

    [Theory]
    [InlineData("resize", """{"width":30}""", 30, 20)]
    [InlineData("crop", """{"x":5,"y":6,"width":33,"height":22}""", 33, 22)]
    [InlineData("rotate", """{"angle":90}""", 40, 60)]
    [InlineData("flip", """{"direction":"horizontal"}""", 60, 40)]
    [InlineData("adjust", """{"exposure":1}""", 60, 40)]
    public async Task Every_frame_is_worked_on_as_a_picture_is(string operation, string parameters, int width, int height)
    {
        var read = Frames(await studio.RunAsync(operation, Gif, parameters), PictureFormat.Gif);

        (read.Frames[0].Width, read.Frames[0].Height).ShouldBe((width, height));
        foreach (var (frame, source) in read.Frames.Zip(Moving.Frames))
            PictureAssert.Similar(frame.As(PixelFormat.Rgb), (await studio.RunAsync(operation, source, parameters)).As(PixelFormat.Rgb), psnr: 28);
    }

    [Fact]
    public async Task A_smart_crop_takes_the_same_box_of_every_frame()
    {
        var read = Frames(
            await studio.RunAsync("crop", Gif, """{"aspect_ratio":"1:1","gravity":"smart"}"""), PictureFormat.Gif);

        // The background of flat blue stays where it is, and so does the size.
        read.Frames.ShouldAllBe(frame => frame.Width == 40 && frame.Height == 40);
    }

    [Theory]
    [InlineData("convert", """{"output_format":"png"}""")]
    [InlineData("resize", """{"width":60,"output_format":"png"}""")]
    [InlineData("convert", """{"lossless":true}""")]
    [InlineData("remove-background", "{}")]
    public async Task Other_formats_and_operations_take_the_first_frame(string operation, string parameters)
    {
        var output = await studio.RunAsync(operation, Gif, parameters);

        var header = TestFiles.Codec.Probe(output.File);
        (header.Format, header.Frames, header.Width, header.Height).ShouldBe((PictureFormat.Png, 1, 60, 40));
    }

    [Fact]
    public async Task The_pages_of_a_tiff_are_no_animation()
    {
        var output = await studio.RunAsync("convert", TiffFile.Pages(3, 20, 10), """{"output_format":"webp"}""");

        (TestFiles.Codec.Probe(output.File) is { Frames: 1, Width: 20, Height: 10 }).ShouldBeTrue();
    }

    [Fact]
    public async Task An_animation_larger_than_the_limit_is_refused_and_its_first_frame_is_not()
    {
        await using var strict = await InferenceUnderTest.InProcessAsync(
            new(Settings: new Dictionary<string, string?> { ["MaxAnimationPixels"] = "9000" }));

        var fault = await Should.ThrowAsync<InferenceException>(() => strict.Inference.RunAsync(
            new("job-1", "convert", """{"output_format":"webp"}""", [new("image", Gif)]), null, CancellationToken.None));
        var still = await strict.Inference.RunAsync(
            new("job-1", "convert", """{"output_format":"png"}""", [new("image", Gif)]), null, CancellationToken.None);

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "picture_too_large"));
        fault.Message.ShouldContain("4 frames");
        still.Outputs.ShouldHaveSingleItem().Width.ShouldBe(60);
    }

    private static Animation Frames(InferenceOutput output, PictureFormat format)
    {
        var header = TestFiles.Codec.Probe(output.File);
        (header.Format, header.Frames, header.Width, header.Height).ShouldBe((format, 4, output.Width, output.Height));
        output.ContentType.ShouldBe(format.MediaType());
        var read = TestFiles.Codec.DecodeFrames(output.File, size: null, PictureLimits.Default);
        read.Delays.ShouldBe(Moving.Delays);
        read.Loops.ShouldBe(2);
        return read;
    }
}
