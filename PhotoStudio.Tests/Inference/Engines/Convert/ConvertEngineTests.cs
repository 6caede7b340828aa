using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Convert;

public sealed class ConvertEngineTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    [Theory]
    [InlineData("png", PictureFormat.Png)]
    [InlineData("jpeg", PictureFormat.Jpeg)]
    [InlineData("webp", PictureFormat.Webp)]
    public async Task A_picture_comes_in_the_format_and_quality_asked_for(string format, PictureFormat expected)
    {
        var photo = TestPictures.Photo(160, 120, seed: 2);

        var output = await studio.RunAsync("convert", TestFiles.Encode(photo, PictureFormat.Png), $$"""{"format":"{{format}}","output_quality":95}""");

        TestFiles.Codec.Probe(output.File).Format.ShouldBe(expected);
        output.ContentType.ShouldBe(expected.MediaType());
        PictureAssert.Same(TestFiles.Decode(output.File), TestFiles.Decode(TestFiles.Encode(photo, expected, 95)));
    }

    [Theory]
    [InlineData("""{"output_format":"webp","lossless":true}""", PictureFormat.Png, PictureFormat.Webp)]
    [InlineData("""{"lossless":true}""", PictureFormat.Webp, PictureFormat.Webp)]
    [InlineData("""{"lossless":true}""", PictureFormat.Jpeg, PictureFormat.Png)]
    [InlineData("""{"output_format":"png"}""", PictureFormat.Webp, PictureFormat.Png)]
    public async Task Lossless_keeps_every_sample(string parameters, PictureFormat from, PictureFormat to)
    {
        var file = TestFiles.Encode(TestPictures.Static(50, 40, seed: 8), from);

        var output = await studio.RunAsync("convert", file, parameters);

        TestFiles.Codec.Probe(output.File).Format.ShouldBe(to);
        PictureAssert.Same(TestFiles.Decode(output.File), TestFiles.Decode(file));
    }

    [Fact]
    public async Task Alpha_survives_and_becomes_white_in_a_jpeg()
    {
        var file = TestFiles.Encode(TestPictures.SoftShapes(64, 48), PictureFormat.Png);

        var webp = TestFiles.Decode((await studio.RunAsync("convert", file, """{"output_format":"webp"}""")).File);
        var jpeg = TestFiles.Decode((await studio.RunAsync("convert", file, """{"output_format":"jpg"}""")).File);

        webp.Format.ShouldBe(PixelFormat.Rgba);
        webp.Samples[3].ShouldBe((byte)0);
        jpeg.Format.ShouldBe(PixelFormat.Rgb);
        jpeg.Row(0)[..3].ToArray().ShouldAllBe(level => level >= 245);
    }

    [Fact]
    public async Task The_file_stands_upright_and_has_no_metadata()
    {
        var file = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(160, 120), PictureFormat.Jpeg), 6);

        var output = await studio.RunAsync("convert", file, """{"output_format":"jpeg"}""");

        (output.Width, output.Height).ShouldBe((120, 160));
        TestFiles.Codec.Probe(output.File).Orientation.ShouldBe(1);
        output.File.Span.IndexOf("Exif"u8).ShouldBe(-1);
    }

    [Theory]
    [InlineData("jpeg", "lossless", "output_quality")]
    [InlineData("webp", "output_quality")]
    public void What_does_not_go_together_is_refused_at_once(string format, params string[] faulty)
    {
        var faults = new FaultList();

        OperationParameters.Read(
            OperationCatalog.Get("convert"),
            [
                KeyValuePair.Create("output_format", RawValue.FromText(format)),
                KeyValuePair.Create("lossless", RawValue.FromText("yes")),
                KeyValuePair.Create("output_quality", RawValue.FromText("80")),
            ],
            faults).ShouldBeNull();

        faults.ToDictionary().Keys.ShouldBe(faulty);
    }
}
