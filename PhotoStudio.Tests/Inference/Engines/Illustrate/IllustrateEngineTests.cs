using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Illustrate;

public sealed class IllustrateEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Reference = new DrawnPortrait().Paint(400, 400);

    [Fact]
    public async Task The_person_stands_before_what_the_prompt_names()
    {
        var sea = await PaintAsync("""{"prompt":"the sea at noon under a blue sky","style":"oil","width":256,"height":320,"seed":4}""");
        var again = await PaintAsync("""{"prompt":"the sea at noon under a blue sky","style":"oil","width":256,"height":320,"seed":4}""");
        var night = await PaintAsync("""{"prompt":"a dark night with stars","style":"oil","width":256,"height":320,"seed":4}""");

        (sea.Width, sea.Height).ShouldBe((256, 320));
        PictureAssert.Same(again, sea);

        // The corners show the scene, the middle the person's skin.
        Mean(night, 4, 4, 40, 30).ShouldBeLessThan(Mean(sea, 4, 4, 40, 30) - 40);
        foreach (var picture in (Picture[])[sea, night]) Warmth(picture, 108, 120, 148, 180).ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Without_a_prompt_the_ground_is_plain_and_a_reference_without_a_face_is_said_to_be_one()
    {
        var result = await studio.RunAsync(
            "illustrate", [("image", TestPictures.Photo(160, 120, seed: 3))], """{"style":"poster","width":128,"height":128}""");

        result.Engine.Notes.ShouldNotBeNull().ShouldContain(note => note.Contains("No face"));
        TestFiles.Codec.Probe(result.Outputs.ShouldHaveSingleItem().File).DigitalSourceType.ShouldBe(DigitalSource.AlgorithmicMedia.Uri());
    }

    private static double Mean(Picture picture, int left, int top, int right, int bottom)
    {
        double sum = 0;
        for (var y = top; y < bottom; y++)
            foreach (var sample in picture.Row(y)[(3 * left)..(3 * right)]) sum += sample;
        return sum / (3 * (right - left) * (bottom - top));
    }

    private static double Warmth(Picture picture, int left, int top, int right, int bottom)
    {
        double sum = 0;
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++) sum += picture.Row(y)[3 * x] - picture.Row(y)[(3 * x) + 2];
        return sum / ((right - left) * (bottom - top));
    }

    private async Task<Picture> PaintAsync(string parameters) =>
        (await studio.PictureAsync("illustrate", parameters, ("image", Reference))).As(PixelFormat.Rgb);
}
