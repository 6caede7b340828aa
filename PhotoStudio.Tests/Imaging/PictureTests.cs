using PhotoStudio.Imaging;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using Xunit.Sdk;

namespace PhotoStudio.Tests.Imaging;

public sealed class PictureTests
{
    [Fact]
    public void A_buffer_of_the_wrong_length_is_refused()
        => Should.Throw<ArgumentException>(() => new Picture(3, 2, PixelFormat.Rgb, new byte[17])).Message.ShouldContain("18");

    [Fact]
    public void Formats_turn_into_one_another()
    {
        var rgba = new Picture(1, 1, PixelFormat.Rgba, [200, 100, 50, 60]);

        rgba.As(PixelFormat.Rgb).Samples.ShouldBe([200, 100, 50]);
        rgba.As(PixelFormat.GrayAlpha).Samples.ShouldBe([124, 60]);
        rgba.As(PixelFormat.Gray).As(PixelFormat.Rgba).Samples.ShouldBe([124, 124, 124, 255]);
        rgba.As(PixelFormat.Rgba).ShouldBeSameAs(rgba);
    }

    [Fact]
    public void Linear_light_and_back_is_close_and_leaves_alpha_alone()
    {
        var picture = TestPictures.Gradient(64, 64, PixelFormat.Rgba);
        var linear = picture.In(ColorSpace.LinearSrgb);

        linear.ColorSpace.ShouldBe(ColorSpace.LinearSrgb);
        PictureAssert.Similar(linear.In(ColorSpace.Srgb), picture, maxDifference: 7, meanDifference: 1);
        picture.In(ColorSpace.Srgb).ShouldBeSameAs(picture);
    }

    [Fact]
    public void A_picture_that_differs_is_reported_with_numbers_a_place_and_files()
    {
        var expected = TestPictures.Gradient(20, 10);
        var actual = new Picture(20, 10, PixelFormat.Rgb, [.. expected.Samples]);
        actual.Row(3)[(7 * 3) + 1] += 40;

        var report = Should.Throw<XunitException>(() => PictureAssert.Same(actual, expected)).Message;

        report.ShouldContain("max         40 levels (allowed 0)");
        report.ShouldContain("first       (7, 3)");
        report.ShouldContain("1 pixels (0.5 %)");
        var lines = report.Split('\n', StringSplitOptions.TrimEntries);
        var files = lines.Where(line => line.EndsWith(".png", StringComparison.Ordinal)).ToArray();
        files.Length.ShouldBe(3);
        foreach (var file in files) File.Delete(file);
    }
}
