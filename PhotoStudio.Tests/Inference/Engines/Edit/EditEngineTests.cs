using System.Text.Json;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Edit;

public sealed class EditEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(160, 120, seed: 7);

    [Fact]
    public async Task An_edit_is_the_operations_it_names_one_after_the_other()
    {
        var edited = await studio.RunAsync("edit", Photo, """{"prompt":"rotate it 90 degrees, flip it horizontally and make it black and white"}""");

        var turned = await studio.RunAsync("rotate", Photo, """{"angle":90}""");
        var flipped = await studio.RunAsync("flip", turned, """{"direction":"horizontal"}""");
        PictureAssert.Same(edited, await studio.RunAsync("adjust", flipped, """{"saturation":-100}"""));
    }

    [Theory]
    [InlineData("make it half the size", 80, 60)]
    [InlineData("reduce el tamaño a la mitad", 80, 60)]
    [InlineData("resize to 40 px wide", 40, 30)]
    [InlineData("make it square", 120, 120)]
    [InlineData("xoay 90 độ", 120, 160)]
    [InlineData("expand by 10px on the left", 170, 120)]
    public async Task Sizes_follow_the_picture(string prompt, int width, int height)
    {
        var edited = await studio.RunAsync("edit", Photo, $$"""{"prompt":"{{prompt}}"}""");
        (edited.Width, edited.Height).ShouldBe((width, height));
    }

    [Fact]
    public async Task The_metadata_lists_the_operations_and_what_was_not_understood()
    {
        var result = await studio.RunAsync("edit", [("image", Photo)], """{"prompt":"make it warmer, teleport it and flip it"}""");

        using var data = JsonDocument.Parse(result.Data!);
        data.RootElement.GetProperty("operations").EnumerateArray().Select(step => step.GetProperty("operation").GetString()).ShouldBe(["adjust", "flip"]);
        data.RootElement.GetProperty("operations")[0].GetProperty("parameters").GetProperty("temperature").GetDouble().ShouldBe(35);
        result.Engine.Notes.ShouldNotBeNull()[0].ShouldBe("Ran adjust (temperature 35), flip (direction horizontal).");
        result.Engine.Notes[1].ShouldContain("teleport");
    }

    [Theory]
    [InlineData("teleport me to the moon", "teleport")]
    [InlineData("remove the person on the left", "object-removal")]
    [InlineData("quita a la persona de la derecha", "object-removal")]
    [InlineData("…", "What should I do with the picture?")]
    public async Task An_instruction_that_names_nothing_is_unclear(string prompt, string message) =>
        (await studio.RefusalAsync("edit", $$"""{"prompt":"{{prompt}}"}""", "instruction_unclear", ("image", Photo))).ShouldContain(message);

    [Fact]
    public async Task The_result_is_marked_by_what_was_done()
    {
        var codec = new PhotoStudio.Imaging.Vips.VipsPictureCodec();
        async Task<string?> MarkAsync(string prompt)
        {
            var result = await studio.RunAsync("edit", [("image", Photo)], $$"""{"prompt":"{{prompt}}"}""");
            return codec.Probe(result.Outputs.ShouldHaveSingleItem().File).DigitalSourceType;
        }

        (await MarkAsync("make it warmer and flip it")).ShouldBeNull();
        (await MarkAsync("make it warmer and remove the background")).ShouldBe(DigitalSource.AlgorithmicallyEnhanced.Uri());
        (await MarkAsync("make the background red")).ShouldBe(DigitalSource.CompositeSynthetic.Uri());
    }

    [Fact]
    public async Task Alpha_and_gray_go_through_every_step()
    {
        var shapes = TestPictures.SoftShapes(90, 70);
        var edited = await studio.RunAsync("edit", shapes, """{"prompt":"make it brighter and flip it"}""");
        edited.Format.ShouldBe(PixelFormat.Rgba);
        var back = await studio.RunAsync("flip", edited, "{}");
        Enumerable.Range(0, 90 * 70).All(i => back.Samples[(i * 4) + 3] == shapes.Samples[(i * 4) + 3]).ShouldBeTrue();
        (await studio.RunAsync("edit", TestPictures.Gradient(40, 30, PixelFormat.Gray), """{"prompt":"more contrast"}""")).Format.ShouldBe(PixelFormat.Gray);
    }

    [Fact]
    public async Task Progress_only_goes_forward_over_all_steps()
    {
        var log = new List<double>();
        await studio.RunAsync("edit", [("image", Photo)], """{"prompt":"denoise it, make it warmer, blur the background"}""", new Listener(log.Add));
        log.ShouldBeInOrder();
        log[^1].ShouldBe(1);
        log.ShouldContain(fraction => fraction > 0.3 && fraction < 0.7);
    }

    [Fact]
    public async Task A_step_that_cannot_be_done_on_this_picture_says_so() =>
        (await studio.RefusalAsync("edit", """{"prompt":"flip it, crop to 800x600"}""", "box_outside_picture", ("image", Photo))).ShouldNotBeEmpty();

    private sealed class Listener(Action<double> heard) : IProgress<InferenceProgress>
    {
        public void Report(InferenceProgress value)
        {
            lock (heard) heard(value.Fraction);
        }
    }
}
