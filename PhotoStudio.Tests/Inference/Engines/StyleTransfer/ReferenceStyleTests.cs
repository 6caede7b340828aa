using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.StyleTransfer;

public sealed class ReferenceStyleTests : IAsyncLifetime
{
    private static readonly Picture Photo = TestPictures.Photo(300, 220, seed: 6);
    private InferenceUnderTest _studio = null!;

    public async Task InitializeAsync() => _studio = await InferenceUnderTest.InProcessAsync(new());

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    [Fact]
    public async Task The_reference_lends_its_colours()
    {
        // Night blue to gold, smooth, so that there is no texture to lend.
        var reference = TestPictures.Paint(200, 160, PixelFormat.Rgb, (x, _) => new(0.1f + (x / 260f), 0.12f + (x / 330f), 0.45f - (x / 700f)));

        var (result, report) = await PaintAsync(Photo, reference);

        for (var channel = 0; channel < 3; channel++)
        {
            var before = Math.Abs(StyleFigures.Mean(Photo, channel) - StyleFigures.Mean(reference, channel));
            Math.Abs(StyleFigures.Mean(result, channel) - StyleFigures.Mean(reference, channel)).ShouldBeLessThan(Math.Max(6, 0.4 * before));
        }

        report.Notes.ShouldNotBeNull().ShouldHaveSingleItem().ShouldContain("only its colours");
    }

    [Fact]
    public async Task A_reference_with_texture_all_over_lends_that_too()
    {
        var smooth = TestPictures.Solid(300, 220, new Rgb(140, 130, 110));
        var (result, report) = await PaintAsync(smooth, TestPictures.Static(260, 220, seed: 3, PixelFormat.Gray));

        report.Notes.ShouldBeNull();
        StyleFigures.Deviation(result).ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task The_same_reference_and_seed_give_the_same_picture_and_strength_moves_towards_it()
    {
        var reference = TestPictures.Texture(180, 150, seed: 9);
        var (whole, _) = await PaintAsync(Photo, reference);
        var (again, _) = await PaintAsync(Photo, reference);
        var (half, _) = await PaintAsync(Photo, reference, """{"strength":0.5}""");

        PictureAssert.Same(again, whole);
        StyleFigures.Difference(Photo, half).ShouldBe(StyleFigures.Difference(Photo, whole) / 2, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(400, 3)]
    public async Task References_of_any_shape_will_do(int width, int height)
    {
        var (result, _) = await PaintAsync(Photo, TestPictures.Texture(width, height, seed: 2, PixelFormat.Rgba));
        (result.Width, result.Height).ShouldBe((300, 220));
    }

    [Fact]
    public async Task A_style_and_a_reference_contradict_each_other()
    {
        var fault = await Should.ThrowAsync<InferenceException>(() => PaintAsync(Photo, Photo, """{"style":"oil"}"""));
        fault.Code.ShouldBe("invalid_parameters");
        fault.Message.ShouldContain("cannot go with a picture 'reference'");
    }

    [Fact]
    public async Task Painting_tells_how_far_it_is_and_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var log = new StoppingLog(stop, 0.2);
        var file = TestFiles.Encode(TestPictures.Photo(900, 700, seed: 6), PictureFormat.Png);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            _studio.Inference.RunAsync(new("job-1", "style-transfer", """{"style":"oil"}""", [new("image", file)]), log, stop.Token));

        log.Last.ShouldBeLessThan(0.9);
    }

    private async Task<(Picture Picture, EngineReport Report)> PaintAsync(Picture picture, Picture reference, string parameters = "{}")
    {
        InferenceInput[] inputs =
        [
            new("image", TestFiles.Encode(picture, PictureFormat.Png)), new("reference", TestFiles.Encode(reference, PictureFormat.Png)),
        ];
        var result = await _studio.Inference.RunAsync(new("job-1", "style-transfer", parameters, inputs), null, CancellationToken.None);
        return (TestFiles.Decode(result.Outputs.ShouldHaveSingleItem().File), result.Engine);
    }

    /// <summary>Cancels once the work is so far.</summary>
    private sealed class StoppingLog(CancellationTokenSource stop, double at) : IProgress<InferenceProgress>
    {
        public double Last { get; private set; }

        public void Report(InferenceProgress value)
        {
            Last = value.Fraction;
            if (value.Fraction >= at) stop.Cancel();
        }
    }
}
