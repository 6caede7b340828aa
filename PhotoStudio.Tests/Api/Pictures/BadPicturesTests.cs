using System.Globalization;
using System.Net;
using System.Text;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Pictures;

public sealed class BadPicturesTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private const string Resize = "/api/v1/operations/resize?width=8";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);
    private static readonly byte[] Svg = Encoding.UTF8.GetBytes("""<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>""");

    public static TheoryData<string, byte[], string> OtherFiles => new()
    {
        { "an SVG drawing", Svg, "SVG" },
        { "a zip", [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8], "ZIP" },
        { "a PDF", "%PDF-1.7\n%âãÏÓ\n"u8.ToArray(), "PDF" },
        { "a text", "hello, I am a picture"u8.ToArray(), "text" },
        { "an HTML page", "<!doctype html><html><body>404</body></html>"u8.ToArray(), "HTML" },
        { "noise", [1, 2, 3, 4, 5, 6, 7, 8, 9, 0xFE, 0xFF, 0x80], "unknown" },
    };

    [Fact]
    public async Task An_empty_body_is_told_how_to_send_a_picture()
    {
        var response = await studio.Client.PostAsync(Resize, Http.Raw([]));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "picture_missing");
        problem.Fault("image").ShouldContain("image_url");
    }

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public async Task What_is_no_picture_is_refused_by_the_name_of_what_it_is(string what, byte[] file, string name)
    {
        var raw = await studio.Client.PostAsync(Resize, Http.Raw(file));
        (await raw.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture"))
            .Detail().ShouldContain(name, Case.Insensitive, what);

        var form = await studio.Client.PostAsync(Resize, Http.Form(file, fileName: "photo.jpg"));
        await form.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");

        var json = await studio.Client.PostAsync(Resize, Http.Json($$"""{"image_base64":"{{Convert.ToBase64String(file)}}"}"""));
        await json.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(100)]
    public async Task A_jpeg_cut_short_in_its_header_cannot_be_decoded(int length)
    {
        var response = await studio.Client.PostAsync(Resize, Http.Raw(Photo[..length], "image/jpeg"));
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_picture");
    }

    [Fact]
    public async Task A_png_whose_header_is_cut_short_cannot_be_decoded()
    {
        var response = await studio.Client.PostAsync(Resize, Http.Raw(TestFiles.PngPromising(10, 10)[..20]));
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_picture");
    }

    [Theory]
    [InlineData(1, 500_000_000)]
    [InlineData(60_000, 60_000)]
    [InlineData(16_385, 1)]
    [InlineData(10_000, 5_001)]
    public async Task A_small_file_that_promises_too_many_pixels_is_refused_by_its_header(int width, int height)
    {
        var response = await studio.Client.PostAsync(Resize, Http.Raw(TestFiles.PngPromising(width, height)));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "picture_too_large");
        problem.Detail().ShouldContain("at most");
    }

    [Fact]
    public async Task Eleven_megabytes_are_too_many_in_every_form()
    {
        var file = new byte[11_000_000];
        Photo.CopyTo(file, 0);
        var limit = 10_485_760.ToString("N0", CultureInfo.InvariantCulture);
        HttpContent[] bodies =
        [
            Http.Raw(file, "image/jpeg"),
            Http.Raw(file, "application/x-www-form-urlencoded"),
            Http.Form(file, fileName: "photo.jpg"),
            Http.Json($$"""{"image":"{{Convert.ToBase64String(file)}}"}"""),
            Http.Json($$"""{"image_base64":"data:image/jpeg;base64,{{Convert.ToBase64String(file)}}"}"""),
        ];
        foreach (var body in bodies)
        {
            var response = await studio.Client.PostAsync(Resize, body);
            var problem = await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
            problem.Detail().ShouldContain(limit);
        }
    }

    [Fact]
    public async Task A_body_of_a_hundred_megabytes_is_refused_before_it_is_sent()
    {
        await using var connection = await studio.ConnectAsync();
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Resize} HTTP/1.1\r\nHost: studio\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n"));
        using var reader = new StreamReader(connection);
        (await reader.ReadLineAsync())!.ShouldContain(" 413 ");
    }

    [Fact]
    public async Task An_endless_chunked_body_is_cut_off_at_the_limit()
    {
        await using var connection = await studio.ConnectAsync();
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Resize} HTTP/1.1\r\nHost: studio\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes("100000\r\n" + new string('x', 0x100000) + "\r\n");
        using var reader = new StreamReader(connection);
        var answer = reader.ReadLineAsync();
        var sent = 0;
        try
        {
            for (; sent < 1000 && !answer.IsCompleted; sent++) await connection.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The studio has closed the connection.
        }

        sent.ShouldBeLessThan(1000);
        (await answer.SoonAsync())!.ShouldContain(" 413 ");
    }

    [Fact]
    public async Task A_caller_who_disconnects_mid_upload_leaves_nothing_behind()
    {
        using (var connection = await studio.ConnectAsync())
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Resize} HTTP/1.1\r\nHost: studio\r\nContent-Type: image/jpeg\r\nContent-Length: {Photo.Length}\r\n\r\n"));
            await connection.WriteAsync(Photo.AsMemory(0, Photo.Length / 2));
        }

        // Afterwards the studio serves others as before.
        (await studio.Client.GetAsync("/api/v1/operations")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await studio.BlobsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_in_two_forms_is_a_conflict_that_names_both()
    {
        var both = Http.Form(Photo, fields: [("image_url", "https://example.com/a.png")]);
        var problem = await studio.Client.PostAsync(Resize, both).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault("image").ShouldContain("image_url");

        var twice = await studio.Client.PostAsync(Resize + "&image_id=018f0000-0000-7000-8000-000000000000", Http.Raw(Photo));
        (await twice.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("image").ShouldContain("image_id");
    }

    [Fact]
    public async Task A_file_under_a_name_that_is_no_input_is_told_the_right_one()
    {
        var response = await studio.Client.PostAsync(Resize, Http.Form(Photo, part: "photo"));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("photo").ShouldContain("image");
    }

    [Fact]
    public async Task A_mask_is_no_input_of_resize()
    {
        var response = await studio.Client.PostAsync(Resize, Http.Form(Photo, part: "mask"));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("mask").ShouldContain("image");
    }

    [Fact]
    public async Task An_id_that_is_nobodys_picture_is_not_found()
    {
        var response = await studio.Client.PostAsync(Resize, Http.Json("""{"image_id":"018f0000-0000-7000-8000-000000000000"}"""));
        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");

        var malformed = await studio.Client.PostAsync(Resize, Http.Json("""{"image_id":"seven"}"""));
        (await malformed.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).Fault("image_id").ShouldContain("UUID");
    }

    [Theory]
    [InlineData("""{"image_base64":"not base64!"}""", "image_base64")]
    [InlineData("""{"image_base64":"data:image/png,plain"}""", "image_base64")]
    [InlineData("""{"image":7}""", "image")]
    [InlineData("""{"image_url":{"url":"https://example.com"}}""", "image_url")]
    public async Task Text_that_holds_no_picture_is_a_fault_of_its_field(string json, string field)
    {
        var response = await studio.Client.PostAsync(Resize, Http.Json(json));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe([field]);
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[1,2]", "application/json")]
    [InlineData("""{"width":1,"width":2}""", "application/json")]
    [InlineData("no parts at all", "multipart/form-data; boundary=x")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nabc", "multipart/form-data; boundary=x")]
    [InlineData("--x--", "multipart/form-data")]
    public async Task A_body_that_is_not_what_it_says_is_malformed(string body, string contentType)
    {
        var response = await studio.Client.PostAsync(Resize, Http.Raw(Encoding.UTF8.GetBytes(body), contentType));
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed_body");
    }

    [Fact]
    public async Task A_compressed_body_is_not_accepted()
    {
        var content = Http.Raw(Photo);
        content.Headers.ContentEncoding.Add("gzip");
        await studio.Client.PostAsync(Resize, content).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task Nothing_that_was_refused_has_left_a_file()
    {
        await studio.Client.PostAsync(Resize, Http.Raw(Svg));
        await studio.Client.PostAsync("/api/v1/operations/resize?width=0", Http.Raw(Photo));
        (await studio.BlobsAsync()).ShouldBeEmpty();
    }
}
