using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Tests.Inference.Engines.StyleTransfer;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Variations;

public sealed class VariationsEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Picture Photo = TestPictures.Photo(160, 120, seed: 8);

    [Fact]
    public async Task Eight_variations_are_eight_different_pictures_of_the_same_size()
    {
        var pictures = await PicturesAsync("""{"num_variations":8,"seed":5}""");

        pictures.Count.ShouldBe(8);
        for (var i = 0; i < 8; i++)
        {
            (pictures[i].Width, pictures[i].Height).ShouldBe((160, 120));
            for (var j = 0; j < i; j++) StyleFigures.Difference(pictures[i], pictures[j]).ShouldBeGreaterThan(2.5, $"{j} and {i}");
        }
    }

    [Fact]
    public async Task The_seed_gives_the_same_pictures_again_and_fewer_are_the_first_of_more()
    {
        var three = await PicturesAsync("""{"n":3,"seed":2}""");
        var two = await PicturesAsync("""{"count":2,"seed":2}""");
        var others = await PicturesAsync("""{"n":2,"seed":3}""");

        PictureAssert.Same(two[0], three[0]);
        PictureAssert.Same(two[1], three[1]);
        StyleFigures.Difference(two[0], others[0]).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task No_imagination_keeps_the_picture_and_progress_goes_over_all_of_them()
    {
        foreach (var picture in await PicturesAsync("""{"num_variations":2,"imagination":0}""")) PictureAssert.Same(picture, Photo);

        var log = new ProgressLog();
        await studio.RunAsync("variations", [("image", Photo)], """{"num_variations":2}""", log);
        log.Reports.Count(report => report.Fraction is > 0.1 and < 0.9).ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Nine_are_too_many() =>
        (await studio.RefusalAsync("variations", """{"num_variations":9}""", "invalid_parameters", ("image", Photo))).ShouldContain("from 1 to 8");

    private async Task<IReadOnlyList<Picture>> PicturesAsync(string parameters)
    {
        InferenceResult result = await studio.RunAsync("variations", [("image", Photo)], parameters);
        return [.. result.Outputs.Select(output => TestFiles.Decode(output.File))];
    }
}
