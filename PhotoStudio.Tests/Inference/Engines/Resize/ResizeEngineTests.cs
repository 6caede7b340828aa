using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Resize;

public sealed class ResizeEngineTests : IAsyncLifetime
{
    private InferenceUnderTest _studio = null!;

    /// <summary>A picture of one colour and what is asked of it.</summary>
    public sealed record Case(int Width, int Height, ScaledSize Size, PictureFormat Format);

    public async Task InitializeAsync() => _studio = await InferenceUnderTest.InProcessAsync(new());

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    [Theory]
    [InlineData(640, 480, """{"width":100}""", 100, 75)]
    [InlineData(640, 480, """{"height":100}""", 133, 100)]
    [InlineData(640, 480, """{"width":100,"height":100}""", 100, 75)]
    [InlineData(640, 480, """{"width":100,"height":100,"mode":"fill"}""", 100, 100)]
    [InlineData(640, 480, """{"width":33,"height":97,"mode":"exact"}""", 33, 97)]
    [InlineData(640, 480, """{"width":1280}""", 1280, 960)]
    [InlineData(640, 480, """{"width":1280,"enlarge":false}""", 640, 480)]
    [InlineData(640, 480, """{"width":1}""", 1, 1)]
    [InlineData(640, 480, """{"width":1,"height":1,"mode":"exact"}""", 1, 1)]
    [InlineData(1000, 3, """{"width":10}""", 10, 1)]
    [InlineData(1, 1, """{"width":50,"height":20,"mode":"fill"}""", 50, 20)]
    public async Task The_result_has_exactly_the_size_asked_for(
        int width, int height, string parameters, int expectedWidth, int expectedHeight)
    {
        foreach (var format in (PictureFormat[])[PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp])
        {
            var output = await RunAsync(TestFiles.Encode(TestPictures.Gradient(width, height), format), parameters);

            (output.Width, output.Height).ShouldBe((expectedWidth, expectedHeight));
            var decoded = TestFiles.Decode(output.File);
            (decoded.Width, decoded.Height).ShouldBe((expectedWidth, expectedHeight));
        }
    }

    [Fact]
    public void Any_picture_comes_out_in_the_size_that_follows_from_the_request()
    {
        var cases =
            from width in Gen.Choose(1, 120)
            from height in Gen.Choose(1, 120)
            from targetWidth in Gen.Choose(1, 200)
            from targetHeight in Gen.Choose(1, 200)
            from mode in Gen.Elements(FitMode.Fit, FitMode.Fill, FitMode.Exact)
            from enlarge in Gen.Elements(true, false)
            from format in Gen.Elements(PictureFormat.Jpeg, PictureFormat.Png)
            select new Case(width, height, new ScaledSize(targetWidth, targetHeight, mode, enlarge), format);
        var color = new Rgb(200, 100, 50);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var parameters = new JsonObject
            {
                ["width"] = one.Size.Width,
                ["height"] = one.Size.Height,
                ["mode"] = one.Size.Mode.ToString().ToLowerInvariant(),
                ["enlarge"] = one.Size.AllowEnlarge,
            };
            var file = TestFiles.Encode(TestPictures.Solid(one.Width, one.Height, color), one.Format);
            var output = RunAsync(file, parameters.ToJsonString()).GetAwaiter().GetResult();

            (output.Width, output.Height).ShouldBe(one.Size.For(one.Width, one.Height));
            PictureAssert.Similar(TestFiles.Decode(output.File), TestPictures.Solid(output.Width, output.Height, color), maxDifference: 4);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Fill_keeps_the_middle()
    {
        // Red, green, blue from left to right; only the middle third fits.
        var stripes = TestPictures.Paint(
            300, 100, PixelFormat.Rgb, (x, _) => new(x < 100 ? 1 : 0, x is >= 100 and < 200 ? 1 : 0, x >= 200 ? 1 : 0));

        var output = await RunAsync(TestFiles.Encode(stripes, PictureFormat.Png), """{"width":50,"height":50,"mode":"fill"}""");

        TestFiles.Decode(output.File).Row(25)[(25 * 3)..(26 * 3)].ToArray().ShouldBe([0, 255, 0]);
    }

    [Theory]
    [InlineData(1, 40, 30, "RGBY")]
    [InlineData(2, 40, 30, "GRYB")]
    [InlineData(3, 40, 30, "YBGR")]
    [InlineData(6, 40, 53, "BRYG")]
    [InlineData(8, 40, 53, "GYRB")]
    public async Task The_exif_orientation_is_applied_before_the_size(byte orientation, int width, int height, string quarters)
    {
        // As stored: red and green above, blue and yellow below.
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg, 95), orientation);

        var output = await RunAsync(file, """{"width":40}""");

        (output.Width, output.Height).ShouldBe((width, height));
        var picture = TestFiles.Decode(output.File);
        string.Concat(Quarter(picture, 0, 0), Quarter(picture, 1, 0), Quarter(picture, 0, 1), Quarter(picture, 1, 1)).ShouldBe(quarters);
        TestFiles.Codec.Probe(output.File).Orientation.ShouldBe(1);
    }

    [Fact]
    public async Task Alpha_is_kept_and_transparent_colours_do_not_bleed()
    {
        // Opaque white beside transparent black: any mixing of the colours would show as gray.
        var picture = TestPictures.Paint(200, 200, PixelFormat.Rgba, (x, _) => x < 100 ? new(1, 1, 1, 1) : new(0, 0, 0, 0));

        var output = await RunAsync(TestFiles.Encode(picture, PictureFormat.Png), """{"width":31}""");

        var small = TestFiles.Decode(output.File);
        small.Format.ShouldBe(PixelFormat.Rgba);
        for (var x = 0; x < small.Width; x++)
        {
            var pixel = small.Row(15).Slice(x * 4, 4).ToArray();
            if (pixel[3] > 2) pixel[..3].ShouldAllBe(level => level >= 250);
        }

        (small.Row(15)[3], small.Row(15)[^1]).ShouldBe(((byte)255, (byte)0));
    }

    [Theory]
    [InlineData(PictureFormat.Jpeg, 36)]
    [InlineData(PictureFormat.Png, 60)]
    public async Task A_photograph_looks_as_if_it_was_resized_after_a_full_decode(PictureFormat format, double psnr)
    {
        var file = TestFiles.Encode(TestPictures.Photo(1200, 900, 5), format, 95);
        var expected = TestFiles.Codec.Resize(TestFiles.Decode(file), new ScaledSize(200, null));

        var output = await RunAsync(file, """{"width":200,"output_format":"png"}""");

        PictureAssert.Similar(TestFiles.Decode(output.File), expected, psnr: psnr);
    }

    [Theory]
    [InlineData(1, 2000, """{"width":100}""")]
    [InlineData(100, 100, """{"width":16000}""")]
    public async Task A_result_beyond_the_limits_is_refused(int width, int height, string parameters)
    {
        var file = TestFiles.Encode(new Picture(width, height, PixelFormat.Gray), PictureFormat.Png);

        var fault = await Should.ThrowAsync<InferenceException>(() => RunAsync(file, parameters));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "result_too_large"));
    }

    [Fact]
    public async Task A_sliver_is_blown_up_to_fill_a_wide_box()
    {
        // On the way the picture is 16,000 × 32,000,000 pixels.
        var file = TestFiles.Encode(new Picture(1, 2_000, PixelFormat.Gray), PictureFormat.Png);

        var output = await RunAsync(file, """{"width":16000,"height":16,"mode":"fill"}""");

        (output.Width, output.Height).ShouldBe((16_000, 16));
    }

    private async Task<InferenceOutput> RunAsync(byte[] file, string parameters)
    {
        var request = new InferenceRequest("job-1", "resize", parameters, [new("image", file)]);
        var result = await _studio.Inference.RunAsync(request, null, CancellationToken.None);
        return result.Outputs.ShouldHaveSingleItem();
    }

    private static char Quarter(Picture picture, int column, int row)
    {
        var pixel = picture.Row(((row * 2) + 1) * picture.Height / 4).Slice(((column * 2) + 1) * picture.Width / 4 * 3, 3);
        return (pixel[0] > 128, pixel[1] > 128, pixel[2] > 128) switch
        {
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            (true, true, false) => 'Y',
            _ => '?',
        };
    }
}
