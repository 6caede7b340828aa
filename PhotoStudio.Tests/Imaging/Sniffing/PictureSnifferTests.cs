using System.Text;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Sniffing;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Imaging.Sniffing;

public sealed class PictureSnifferTests
{
    [Theory]
    [InlineData("\u00FF\u00D8\u00FF\u00E0", PictureFormat.Jpeg)]
    [InlineData("\u0089PNG\r\n\u001A\n", PictureFormat.Png)]
    [InlineData("RIFF\u0001\u0002\u0003\u0004WEBPVP8 ", PictureFormat.Webp)]
    [InlineData("GIF87a", PictureFormat.Gif)]
    [InlineData("GIF89a", PictureFormat.Gif)]
    [InlineData("II*\0", PictureFormat.Tiff)]
    [InlineData("MM\0*", PictureFormat.Tiff)]
    [InlineData("MM\0+", PictureFormat.Tiff)]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1miaf", PictureFormat.Avif)]
    [InlineData("\0\0\0\u001Cftypmif1\0\0\0\0mif1avifmiaf", PictureFormat.Avif)]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", PictureFormat.Heic)]
    public void Pictures_are_known_by_their_first_bytes(string head, PictureFormat format)
    {
        var content = PictureSniffer.Sniff(Encoding.Latin1.GetBytes(head));

        content.Format.ShouldBe(format);
        content.IsPicture.ShouldBeTrue();
        content.Name.ShouldContain(format.DisplayName());
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("PK\u0003\u0004", "a ZIP archive")]
    [InlineData("PK\u0005\u0006", "a ZIP archive")]
    [InlineData("\u001F\u008B\u0008", "a gzip archive")]
    [InlineData("Rar!\u001A\u0007", "a RAR archive")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C", "a 7-Zip archive")]
    [InlineData("%PDF-1.7", "a PDF document")]
    [InlineData("%!PS-Adobe", "a PostScript document")]
    [InlineData("\0\0\0\u0018ftypmp42\0\0\0\0isom", "an MP4 video")]
    [InlineData("\0\0\0\u0014ftypqt  \0\0\0\0", "a QuickTime video")]
    [InlineData("\u001A\u0045\u00DF\u00A3", "a Matroska or WebM video")]
    [InlineData("RIFF\0\0\0\0AVI LIST", "an AVI video")]
    [InlineData("\u007FELF\u0002", "a program")]
    [InlineData("MZ\u0090\0", "a program")]
    [InlineData("<svg>", "an SVG drawing")]
    [InlineData("  \n<!-- made by hand -->\n<SVG viewBox='0 0 1 1'>", "an SVG drawing")]
    [InlineData("<?xml version='1.0'?><note/>", "an XML document")]
    [InlineData("<!DOCTYPE HTML>", "an HTML page")]
    [InlineData("\n<html lang='en'>", "an HTML page")]
    [InlineData("{\"error\":\"not found\"}", "text")]
    [InlineData("\u0001\u0002\u0003\u0080", "binary data of an unknown kind")]
    public void What_is_no_picture_is_named(string head, string name)
    {
        var bytes = Encoding.Latin1.GetBytes(head);
        var content = PictureSniffer.Sniff(bytes);

        content.ShouldBe(new SniffedContent(null, name, IsPicture: false));
        Should.Throw<PictureFormatException>(() => PictureSniffer.Require(bytes))
            .Message.ShouldStartWith($"This is {name}, not a picture.");
    }

    [Theory]
    [InlineData("BM\u0036\0\0\0\0\0\0\0\u0036\0\0\0", "a BMP picture")]
    [InlineData("8BPS\0\u0001", "a Photoshop document")]
    [InlineData("\u00FF\u000A", "a JPEG XL picture")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "a HEIC picture")]
    public void Pictures_of_other_formats_are_refused_by_name(string head, string name)
        => Should.Throw<PictureFormatException>(() => PictureSniffer.Require(Encoding.Latin1.GetBytes(head)))
            .Message.ShouldBe($"This is {name}; JPEG, PNG, WebP, GIF, TIFF and AVIF pictures are accepted.");

    [Fact]
    public void Text_cut_inside_a_character_is_still_text()
    {
        var text = Encoding.UTF8.GetBytes(new string('x', PictureSniffer.HeadLength - 1) + "ế và nhiều chữ nữa");

        PictureSniffer.Sniff(text).Name.ShouldBe("text");
    }

    [Fact]
    public void The_size_a_png_promises_is_read_without_a_decoder()
    {
        PictureSniffer.PngSize(PngFile.Write(1, 500_000_000, 8, PngFile.Gray, [])).ShouldBe((1, 500_000_000));
        PictureSniffer.PngSize(PngFile.Write(1, 0, 8, PngFile.Gray, [])).ShouldBeNull();
        PictureSniffer.PngSize("\u0089PNG"u8).ShouldBeNull();
        PictureSniffer.PngSize([]).ShouldBeNull();
    }

    [Fact]
    public void Any_bytes_at_all_get_a_name()
    {
        var random = new Random(4711);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            PictureSniffer.Sniff(bytes).Name.ShouldNotBeNullOrEmpty();
        }
    }
}
