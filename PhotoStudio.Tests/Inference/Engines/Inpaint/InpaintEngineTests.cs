using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Inpaint;

public sealed class InpaintEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(96, 72, seed: 6);

    [Fact]
    public async Task It_says_that_the_prompt_was_not_used()
    {
        var result = await studio.RunAsync("inpaint", [("image", Photo)], """{"boxes":[30,20,30,30],"prompt":"a red vase"}""");
        result.Engine.Notes.ShouldHaveSingleItem().ShouldContain("prompt was not used");
    }

    [Fact]
    public async Task Without_a_prompt_there_is_nothing_to_note_and_it_fills_as_removal_does()
    {
        var filled = await studio.RunAsync("inpaint", [("image", Photo)], """{"boxes":[30,20,30,30]}""");
        var removed = await studio.RunAsync("object-removal", [("image", Photo)], """{"boxes":[30,20,30,30]}""");

        filled.Engine.Notes.ShouldBeNull();
        TestFiles.Decode(filled.Outputs[0].File).Samples.ShouldBe(TestFiles.Decode(removed.Outputs[0].File).Samples);
    }
}
