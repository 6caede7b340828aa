using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Rotate;

public sealed class RotateEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData(90, "d90")]
    [InlineData(-270, "d90")]
    [InlineData(180, "d180")]
    [InlineData(-180, "d180")]
    [InlineData(270, "d270")]
    [InlineData(-90, "d270")]
    [InlineData(360, "d0")]
    [InlineData(0, "d0")]
    public async Task Right_angles_move_pixels_as_libvips_does(int angle, string turn)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            var picture = TestPictures.Static(53, 38, seed: 9, format);

            var turned = await studio.RunAsync("rotate", picture, $$"""{"angle":{{angle}}}""");

            PictureAssert.Same(turned, VipsReference.Apply(picture, "rot", rotate => rotate.Choose("angle", turn)));
        }
    }

    [Theory]
    [InlineData(30, PixelFormat.Rgb)]
    [InlineData(-12.5, PixelFormat.Rgb)]
    [InlineData(201, PixelFormat.Gray)]
    [InlineData(45, PixelFormat.Rgba)]
    public async Task Any_other_angle_is_within_a_level_of_libvips_bicubic(double angle, PixelFormat format)
    {
        var picture = TestPictures.Texture(160, 120, seed: 4, format);

        var turned = await studio.RunAsync("rotate", picture, FormattableString.Invariant($$"""{"angle":{{angle}},"expand":false}"""));

        // Compared well inside, since the edge is antialiased in another way.
        var expected = VipsReference.Rotate(picture, angle, 160, 120).As(turned.Format);
        PictureAssert.Similar(PixelMoves.Box(turned, 48, 28, 64, 64), PixelMoves.Box(expected, 48, 28, 64, 64), maxDifference: 1);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-100)]
    [InlineData(359)]
    public async Task The_expanded_size_is_that_of_libvips_to_a_pixel(double angle)
    {
        var picture = TestPictures.Gradient(160, 90);
        var expected = VipsReference.Apply(picture, "similarity", similarity => similarity.Set("angle", angle));

        var turned = await studio.RunAsync("rotate", picture, FormattableString.Invariant($$"""{"angle":{{angle}}}"""));

        turned.Width.ShouldBeInRange(expected.Width - 1, expected.Width + 1);
        turned.Height.ShouldBeInRange(expected.Height - 1, expected.Height + 1);
    }

    [Fact]
    public async Task The_corners_are_transparent_and_the_edge_keeps_the_pictures_colour()
    {
        var turned = await studio.RunAsync("rotate", TestPictures.Solid(80, 60, new Rgb(200, 100, 50)), """{"angle":20}""");

        turned.Format.ShouldBe(PixelFormat.Rgba);
        foreach (var at in (int[])[0, turned.Width - 1, turned.Width * (turned.Height - 1), (turned.Width * turned.Height) - 1])
            turned.Samples[(at * 4) + 3].ShouldBe((byte)0);
        var partly = 0;
        for (var at = 0; at < turned.Samples.Length; at += 4)
        {
            var alpha = turned.Samples[at + 3];
            if (alpha is > 0 and < 255) partly++;
            if (alpha >= 8) turned.Samples.AsSpan(at, 3).ToArray().Zip([200, 100, 50]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 16);
        }

        partly.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("#204080", PixelFormat.Rgb, PixelFormat.Rgb, new byte[] { 0x20, 0x40, 0x80 })]
    [InlineData("#20408080", PixelFormat.Rgb, PixelFormat.Rgba, new byte[] { 0x20, 0x40, 0x80, 0x80 })]
    [InlineData("white", PixelFormat.Gray, PixelFormat.Gray, new byte[] { 255 })]
    [InlineData("red", PixelFormat.Gray, PixelFormat.Rgb, new byte[] { 255, 0, 0 })]
    [InlineData("transparent", PixelFormat.Gray, PixelFormat.GrayAlpha, new byte[] { 0, 0 })]
    public async Task The_background_fills_the_corners_and_decides_the_samples(string background, PixelFormat from, PixelFormat to, byte[] corner)
    {
        var picture = TestPictures.Solid(60, 60, new Rgb(128, 128, 128), from);
        foreach (var expand in (string[])["true", "false"])
        {
            var turned = await studio.RunAsync("rotate", picture, $$"""{"angle":45,"background":"{{background}}","expand":{{expand}}}""");

            turned.Format.ShouldBe(to);
            turned.Row(0)[..turned.Channels].ToArray().ShouldBe(corner);
            turned.Row(turned.Height / 2)[turned.Width / 2 * turned.Channels].ShouldBe((byte)128);
        }
    }

    [Fact]
    public async Task A_quarter_turn_that_keeps_the_size_is_exact_and_centred()
    {
        var picture = TestPictures.Static(40, 20, seed: 1);
        var turned = await studio.RunAsync("rotate", picture, """{"angle":90,"expand":false,"background":"black"}""");

        (turned.Width, turned.Height, turned.Format).ShouldBe((40, 20, PixelFormat.Rgb));
        var whole = VipsReference.Apply(picture, "rot", rotate => rotate.Choose("angle", "d90"));
        PictureAssert.Same(PixelMoves.Box(turned, 10, 0, 20, 20), PixelMoves.Box(whole, 0, 10, 20, 20));
        turned.Row(7)[..30].ToArray().ShouldAllBe(level => level == 0);
    }

    [Fact]
    public async Task The_exif_orientation_is_applied_first_and_a_jpeg_stays_one()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg, 95), 6);

        var output = await studio.RunAsync("rotate", file, """{"angle":-90}""");

        (output.Width, output.Height, output.ContentType).ShouldBe((160, 120, "image/jpeg"));

        // Twice a JPEG, and the colours' edges do not lie on its blocks.
        PictureAssert.Similar(TestFiles.Decode(output.File), TestPictures.Quarters(160, 120), psnr: 30);
    }

    [Fact]
    public async Task Transparent_colours_do_not_bleed()
    {
        var picture = TestPictures.Paint(100, 100, PixelFormat.Rgba, (x, _) => x < 50 ? new(1, 1, 1, 1) : new(0, 0, 0, 0));

        var turned = await studio.RunAsync("rotate", picture, """{"angle":33}""");

        for (var at = 0; at < turned.Samples.Length; at += 4)
            if (turned.Samples[at + 3] > 0) turned.Samples.AsSpan(at, 3).ToArray().ShouldAllBe(level => level >= 250);
    }

    [Fact]
    public async Task A_pixel_can_be_turned() =>
        (await studio.RunAsync("rotate", TestPictures.Solid(1, 1, new Rgb(9, 9, 9)), """{"angle":45}""")).Width.ShouldBe(2);

    [Fact]
    public async Task A_result_beyond_the_limits_is_refused()
    {
        var file = TestFiles.Encode(new Picture(16_000, 2_000, PixelFormat.Gray), PictureFormat.Png);

        var fault = await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("rotate", file, """{"angle":45}"""));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.InvalidInput, "result_too_large"));
    }
}
