using System.Text;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines.Convert;

/// <summary>What becomes of metadata that ExifTool wrote, as ExifTool reads it.</summary>
public sealed class MetadataTests(OperationUnderTest studio) : IClassFixture<OperationUnderTest>
{
    private static readonly Lazy<Task<byte[]>> Photo = new(() => ExifTool.WriteAsync(
        TestFiles.Encode(TestPictures.Quarters(60, 40), PictureFormat.Jpeg),
        "jpg",
        "-EXIF:Orientation=6",
        "-EXIF:Artist=Ana Lê",
        "-EXIF:Copyright=© 2026 Ana Lê (all rights reserved)",
        "-EXIF:Make=Camera Works",
        "-EXIF:SerialNumber=SN-4711",
        "-EXIF:GPSLatitude=10.776",
        "-EXIF:GPSLatitudeRef=N",
        "-EXIF:GPSLongitude=106.7",
        "-EXIF:GPSLongitudeRef=E",
        "-IPTC:CodedCharacterSet=UTF8",
        "-IPTC:By-line=Ana Lê",
        "-IPTC:CopyrightNotice=© Ana Lê",
        "-IPTC:City=Saigon",
        "-XMP-dc:Rights=© 2026 Ana Lê",
        "-XMP-xmpRights:WebStatement=https://example.org/licence",
        "-XMP-dc:Subject=secret",
        "-XMP-exif:GPSLatitude=10.776",
        "-XMP-tiff:Orientation=6",
        "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"));

    /// <summary>The formats that results have.</summary>
    public static TheoryData<string> Formats => ["jpeg", "png", "webp", "avif", "tiff", "gif"];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task By_default_nothing_stays_but_the_mark(string format)
    {
        var tags = await ConvertAsync(format, "strip");

        tags.Keys.ShouldNotContain(tag => tag.StartsWith("EXIF:GPS", StringComparison.Ordinal) || tag.StartsWith("IPTC:", StringComparison.Ordinal));
        tags.Values.ShouldNotContain(value => value.Contains("Ana", StringComparison.Ordinal) || value.Contains("4711", StringComparison.Ordinal));
        tags["XMP:DigitalSourceType"].ShouldBe(DigitalSource.TrainedAlgorithmicMedia.Uri());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Copyright_keeps_who_made_it_and_drops_where(string format)
    {
        var tags = await ConvertAsync(format, "copyright");

        tags["XMP:Rights"].ShouldBe("© 2026 Ana Lê");
        tags["XMP:WebStatement"].ShouldBe("https://example.org/licence");
        tags["XMP:Creator"].ShouldContain("Ana L");
        tags["XMP:DigitalSourceType"].ShouldBe(DigitalSource.TrainedAlgorithmicMedia.Uri());
        if (format is "jpeg" or "png" or "webp" or "avif")
        {
            tags["EXIF:Copyright"].ShouldBe("© 2026 Ana Lê (all rights reserved)");
            tags["EXIF:Artist"].ShouldBe("Ana Lê");
        }

        if (format is "jpeg" or "tiff") tags["IPTC:CopyrightNotice"].ShouldBe("© Ana Lê");
        foreach (var lost in (string[])["EXIF:Make", "EXIF:SerialNumber", "EXIF:GPSLatitude", "XMP:GPSLatitude", "XMP:Subject", "IPTC:City"])
            tags.Keys.ShouldNotContain(lost);
        IsUpright(tags);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Keep_keeps_what_the_format_holds_and_the_picture_upright(string format)
    {
        var tags = await ConvertAsync(format, "keep");

        tags["XMP:Subject"].ShouldBe("secret");
        tags["XMP:GPSLatitude"].ShouldStartWith("10.776");
        tags["XMP:DigitalSourceType"].ShouldBe(DigitalSource.TrainedAlgorithmicMedia.Uri());
        if (format is "jpeg" or "png" or "webp" or "avif")
        {
            tags["EXIF:SerialNumber"].ShouldBe("SN-4711");
            tags["EXIF:GPSLatitude"].ShouldStartWith("10.776");
            tags["EXIF:Copyright"].ShouldBe("© 2026 Ana Lê (all rights reserved)");
        }

        tags["XMP:Creator"].ShouldContain("Ana L");
        if (format is "jpeg" or "tiff") tags["IPTC:City"].ShouldBe("Saigon");
        IsUpright(tags);
    }

    [Theory]
    [InlineData("copyright")]
    [InlineData("keep")]
    public async Task Metadata_that_make_no_sense_disturb_nothing(string policy)
    {
        var jpeg = TestFiles.Encode(TestPictures.Quarters(60, 40), PictureFormat.Jpeg);
        jpeg = JpegFile.InsertApp(jpeg, 13, "Photoshop 3.0\u00008BIM\u0004\u0004\u0000\u0000\u007F\u007F\u007F\u007F\u001C\u0002"u8);
        jpeg = JpegFile.InsertApp(jpeg, 1, "http://ns.adobe.com/xap/1.0/\0<rdf:RDF>&bomb;"u8);
        jpeg = JpegFile.InsertApp(jpeg, 1, "Exif\0\0II*\0\u007F\u007F\u007F\u007F"u8);
        foreach (var format in (string[])["jpeg", "png", "webp", "avif", "tiff", "gif"])
        {
            var output = await studio.RunAsync("convert", jpeg, $$"""{"output_format":"{{format}}","metadata":"{{policy}}"}""");

            (output.Width, output.Height).ShouldBe((60, 40));
            Encoding.Latin1.GetString(output.File.Span).ShouldNotContain("bomb");
        }
    }

    [Theory]
    [InlineData("copyright")]
    [InlineData("keep")]
    public async Task A_name_in_exif_alone_is_told_in_xmp_too(string policy)
    {
        var photo = await ExifTool.WriteAsync(
            TestFiles.Encode(TestPictures.Quarters(60, 40), PictureFormat.Png), "png", "-EXIF:Artist=Bo (the painter)", "-EXIF:Make=Camera");

        var output = await studio.RunAsync("convert", photo, $$"""{"output_format":"tiff","metadata":"{{policy}}"}""");
        var tags = await ExifTool.ReadAsync(output.File);

        tags["XMP:Creator"].ShouldBe("Bo (the painter)");
        tags.Values.ShouldNotContain("Camera");
    }

    private static void IsUpright(IReadOnlyDictionary<string, string> tags) =>
        tags.Where(tag => tag.Key.EndsWith(":Orientation", StringComparison.Ordinal)).ShouldAllBe(tag => tag.Value == "1");

    private async Task<IReadOnlyDictionary<string, string>> ConvertAsync(string format, string policy)
    {
        var output = await studio.RunAsync("convert", await Photo.Value, $$"""{"output_format":"{{format}}","metadata":"{{policy}}"}""");

        (output.Width, output.Height).ShouldBe((40, 60));
        PictureAssert.Similar(
            TestFiles.Decode(output.File).As(PhotoStudio.Imaging.PixelFormat.Rgb), TestFiles.Decode(await Photo.Value), psnr: 25);
        return await ExifTool.ReadAsync(output.File);
    }
}
