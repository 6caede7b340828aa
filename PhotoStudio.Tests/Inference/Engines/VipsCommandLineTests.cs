using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines;

/// <summary>
/// The studio's operations beside libvips' own command line, which is another build of another version (Debian's, 8.14): what moves
/// pixels is the same, what computes them is within one level, for versions round differently.
/// </summary>
public sealed class VipsCommandLineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private const int OneLevel = 1;

    private static readonly Picture Photo = TestPictures.Photo(240, 180, seed: 41);

    /// <summary>
    /// The photo without the darkest and brightest tones: on bytes what overshoots is cut off between the two passes of a resize, in
    /// floating point it is not, and that is no matter of accuracy.
    /// </summary>
    private static readonly Picture Muted = new(240, 180, PixelFormat.Rgb, [.. Photo.Samples.Select(level => (byte)(70 + (level * 115 / 255)))]);

    [Theory]
    [InlineData(120, 90, 1)]
    [InlineData(97, 41, 1)]
    [InlineData(31, 179, 2)]
    [InlineData(480, 360, 1)]
    [InlineData(333, 200, 1)]
    public async Task Resize_is_libvips_resize(int width, int height, int levels)
    {
        // Shrinking a side to less than a quarter begins with averages of whole pixels, which on bytes are rounded once more.
        var ours = await studio.RunAsync("resize", Muted, $$"""{"width":{{width}},"height":{{height}},"mode":"exact"}""");

        PictureAssert.Similar(ours, await ResizedAsync(Muted, width / 240.0, height / 180.0), maxDifference: levels);
    }

    [Fact]
    public async Task Resize_of_gray_is_libvips_resize()
    {
        var gray = Muted.As(PixelFormat.Gray);

        var ours = await studio.RunAsync("resize", gray, """{"width":100,"height":75,"mode":"exact"}""");

        PictureAssert.Similar(ours, await ResizedAsync(gray, 100 / 240.0, 75 / 180.0), maxDifference: OneLevel);
    }

    [Fact]
    public async Task Resize_with_alpha_is_libvips_resize_of_premultiplied_colours()
    {
        var shapes = TestPictures.SoftShapes(160, 120);

        var ours = await studio.RunAsync("resize", shapes, """{"width":70,"height":50,"mode":"exact"}""");

        var theirs = await VipsAsync(
            shapes,
            "premultiply in a.v",
            $"resize a.v b.v {Exact(70 / 160.0)} --vscale {Exact(50 / 120.0)}",
            "unpremultiply b.v c.v",
            "round c.v d.v rint",
            "cast d.v out uchar");

        // Where next to nothing is left of a pixel its colour is whatever rounding makes of it, and nobody sees it.
        PictureAssert.Similar(OnBlack(ours), OnBlack(theirs), maxDifference: OneLevel);
    }

    [Fact]
    public async Task Resize_of_a_jpeg_is_libvips_thumbnail()
    {
        var jpeg = TestFiles.Encode(Photo, PictureFormat.Jpeg, quality: 95);

        var ours = TestFiles.Decode((await studio.RunAsync("resize", jpeg, """{"width":100,"height":75,"output_format":"png"}""")).File);

        // Both shrink while decoding where that does no harm, but not at the same factors and not with the same JPEG library.
        var theirs = await VipsAsync(jpeg, "jpg", "thumbnail in out 100 --height 75 --size force");
        PictureAssert.Similar(ours, theirs, maxDifference: 12, meanDifference: 1);
    }

    [Theory]
    [InlineData(0, 0, 240, 180)]
    [InlineData(17, 23, 101, 59)]
    [InlineData(239, 179, 1, 1)]
    public async Task Crop_is_libvips_crop(int x, int y, int width, int height)
    {
        var ours = await studio.RunAsync("crop", Photo, $$"""{"x":{{x}},"y":{{y}},"width":{{width}},"height":{{height}}}""");

        PictureAssert.Same(ours, await VipsAsync(Photo, $"crop in out {x} {y} {width} {height}"));
    }

    [Theory]
    [InlineData(90, "d90")]
    [InlineData(180, "d180")]
    [InlineData(-90, "d270")]
    public async Task A_quarter_turn_is_libvips_rot(int angle, string turn)
    {
        var ours = await studio.RunAsync("rotate", Photo, $$"""{"angle":{{angle}}}""");

        PictureAssert.Same(ours.As(PixelFormat.Rgb), await VipsAsync(Photo, $"rot in out {turn}"));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-7.5)]
    public async Task Any_other_turn_is_libvips_affine(double angle)
    {
        var ours = await studio.RunAsync("rotate", Photo, $$"""{"angle":{{Exact(angle)}},"expand":false,"background":"black"}""");

        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(angle));
        double x = (240 - 1) / 2.0, y = (180 - 1) / 2.0;
        var theirs = await VipsAsync(
            Photo,
            "cast in a.v double",
            $"affine a.v b.v|{Exact(cosine)} {Exact(-sine)} {Exact(sine)} {Exact(cosine)}|--interpolate bicubic --oarea|0 0 240 180|"
            + $"--odx={Exact(x - (cosine * x) + (sine * y))} --ody={Exact(y - (sine * x) - (cosine * y))}",
            "round b.v c.v rint",
            "cast c.v out uchar");

        // At the edge of the picture the studio blends with the background, libvips does not: only the inside is compared.
        var (inOurs, inTheirs) = (Middle(ours.As(PixelFormat.Rgb)), Middle(theirs));
        PictureAssert.Similar(inOurs, inTheirs, maxDifference: OneLevel, meanDifference: 0.05);
    }

    [Theory]
    [InlineData("horizontal")]
    [InlineData("vertical")]
    public async Task Flip_is_libvips_flip(string direction)
    {
        var ours = await studio.RunAsync("flip", Photo, $$"""{"direction":"{{direction}}"}""");

        PictureAssert.Same(ours, await VipsAsync(Photo, $"flip in out {direction}"));
    }

    [Fact]
    public async Task Convert_of_a_jpeg_is_libvips_decoding_of_it()
    {
        var jpeg = TestFiles.Encode(Photo, PictureFormat.Jpeg, quality: 92);

        var ours = TestFiles.Decode((await studio.RunAsync("convert", jpeg, """{"output_format":"png"}""")).File);

        PictureAssert.Similar(ours, await VipsAsync(jpeg, "jpg", "copy in out"), maxDifference: OneLevel);
    }

    [Fact]
    public async Task Convert_by_an_embedded_profile_is_libvips_icc_transform()
    {
        var png = PngFile.Insert(TestFiles.Encode(Photo, PictureFormat.Png), PngFile.ProfileChunk(IccProfile.AdobeRgb.Bytes));

        var ours = TestFiles.Decode((await studio.RunAsync("convert", png, """{"output_format":"png"}""")).File);

        var theirs = await VipsAsync(png, "png", "icc_transform in a.v srgb --embedded --intent perceptual", "copy a.v out");
        PictureAssert.Similar(ours, theirs, maxDifference: OneLevel, meanDifference: 0.05);
    }

    [Theory]
    [InlineData("png", 0)]
    [InlineData("tiff", 0)]
    [InlineData("webp", 1)]
    [InlineData("jpeg", 1)]
    [InlineData("gif", 0)]
    public async Task Libvips_reads_what_convert_writes_as_the_studio_does(string format, int maxDifference)
    {
        var file = (await studio.RunAsync("convert", TestFiles.Encode(Photo, PictureFormat.Png), $$"""{"output_format":"{{format}}"}""")).File;

        var theirs = await VipsAsync(file.ToArray(), format, "copy in out");
        PictureAssert.Similar(TestFiles.Decode(file).As(PixelFormat.Rgb), theirs.As(PixelFormat.Rgb), maxDifference: maxDifference);
    }

    [Fact]
    public async Task Libvips_reads_an_avif_of_convert_as_the_studio_does()
    {
        var file = (await studio.RunAsync("convert", TestFiles.Encode(Photo, PictureFormat.Png), """{"output_format":"avif"}""")).File;

        // Versions of libheif spread the halved colours over the pixels in different ways.
        PictureAssert.Similar(TestFiles.Decode(file), await VipsAsync(file.ToArray(), "avif", "copy in out"), psnr: 36);
    }

    /// <summary>
    /// In floating point, as libvips defines it: on bytes version 8.14 works with coefficients of six bits, later ones with more, and the
    /// older strays by up to three levels from its own floating point.
    /// </summary>
    private static Task<Picture> ResizedAsync(Picture picture, double across, double down) => VipsAsync(
        picture,
        "cast in a.v float",
        $"resize a.v b.v {Exact(across)} --vscale {Exact(down)}",
        "round b.v c.v rint",
        "cast c.v out uchar");

    private static string Exact(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static Picture Middle(Picture picture) =>
        PhotoStudio.Inference.Algorithms.PixelMoves.Box(picture, picture.Width / 4, picture.Height / 4, picture.Width / 2, picture.Height / 2);

    private static Picture OnBlack(Picture picture) => TestPictures.Paint(picture.Width, picture.Height, PixelFormat.Rgb, (x, y) =>
    {
        var pixel = picture.Row(y).Slice(x * 4, 4);
        var alpha = pixel[3] / 255f;
        return new TestPictures.Sample(pixel[0] / 255f * alpha, pixel[1] / 255f * alpha, pixel[2] / 255f * alpha);
    });

    private static Task<Picture> VipsAsync(Picture picture, params string[] commands) =>
        VipsAsync(TestFiles.Encode(picture, PictureFormat.Png), "png", commands);

    /// <summary>
    /// Runs commands of <c>vips</c> one after the other; <c>in</c> and <c>out</c> stand for the files. A bar begins and ends an argument
    /// with blanks in it.
    /// </summary>
    private static async Task<Picture> VipsAsync(byte[] file, string extension, params string[] commands)
    {
        using var folder = new TemporaryFolder();
        var input = Path.Combine(folder.Path, $"in.{extension}");
        await File.WriteAllBytesAsync(input, file);
        var output = Path.Combine(folder.Path, "out.png");
        foreach (var command in commands)
        {
            var arguments = command.Split('|').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            await CommandLine.RunAsync("vips", arguments.Select(argument => argument switch
            {
                "in" => input,
                "out" => output,
                _ when argument.EndsWith(".v", StringComparison.Ordinal) => Path.Combine(folder.Path, argument),
                _ => argument,
            }));
        }

        return TestFiles.Decode(await File.ReadAllBytesAsync(output));
    }
}
