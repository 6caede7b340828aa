using System.Net;
using System.Security.Cryptography;
using System.Text;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Operations;

public sealed class RunOperationTests(StudioHost studio) : IClassFixture<StudioHost>
{
    private const string Resize = "/api/v1/operations/resize";
    private static readonly byte[] Photo = TestFiles.Encode(TestPictures.Photo(64, 48, seed: 1), PictureFormat.Jpeg);
    private static readonly string Base64 = Convert.ToBase64String(Photo);

    public static TheoryData<string, Func<HttpContent>> Forms => new()
    {
        { "multipart image", () => Http.Form(Photo) },
        { "multipart file", () => Http.Form(Photo, part: "file", fileName: "no extension") },
        { "multipart with base64", () => new MultipartFormDataContent { { new StringContent(Base64), "image_base64" } } },
        { "raw as image/jpeg", () => Http.Raw(Photo, "image/jpeg") },
        { "raw as the wrong image type", () => Http.Raw(Photo, "image/png") },
        { "raw as octet-stream", () => Http.Raw(Photo, "application/octet-stream") },
        { "raw as a form", () => Http.Raw(Photo, "application/x-www-form-urlencoded") },
        { "raw as HTML", () => Http.Raw(Photo, "text/html") },
        { "raw as JSON", () => Http.Raw(Photo, "application/json") },
        { "raw without a type", () => Http.Raw(Photo, null) },
        { "JSON image", () => Http.Json($$"""{"image":"{{Base64}}"}""") },
        { "JSON image_base64", () => Http.Json($$"""{"image_base64":"{{Base64}}"}""") },
        { "JSON data URL", () => Http.Json($$"""{"image":"data:image/jpeg;base64,{{Base64}}"}""") },
        { "JSON with escaped slashes", () => Http.Json($$"""{"image":"{{Base64.Replace("/", "\\/", StringComparison.Ordinal)}}"}""") },
        { "JSON URL-safe without padding", () => Http.Json($$"""{"image":"{{UrlSafe(Base64)}}"}""") },
        { "JSON with line breaks", () => Http.Json($$"""{"image":"{{InLines(Base64)}}"}""") },
        { "form field", () => new FormUrlEncodedContent([KeyValuePair.Create("image_base64", Base64)]) },
        { "form field, not escaped", () => Http.Raw(Encoding.ASCII.GetBytes($"image={Base64}"), "application/x-www-form-urlencoded") },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_picture_is_understood_in_every_form(string form, Func<HttpContent> body)
    {
        var response = await studio.Client.PostAsync(Resize + "?width=16", body());
        response.StatusCode.ShouldBe(HttpStatusCode.OK, form + await response.Content.ReadAsStringAsync());
        var picture = TestFiles.Decode(await response.Content.ReadAsByteArrayAsync());
        (picture.Width, picture.Height).ShouldBe((16, 12), form);
    }

    [Fact]
    public async Task A_parameter_that_is_in_the_query_twice_is_a_fault()
    {
        var problem = await studio.Client.PostAsync("/api/v1/operations/resize?width=8&width=9&mode=fit&mode=fit", Http.Raw(Photo))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["mode", "width"]);
        problem.Fault("width").ShouldBe("is given more than once in the query.");
    }

    [Fact]
    public async Task A_stored_picture_is_named_by_its_id()
    {
        var first = await studio.Client.PostAsync(Resize + "?width=32&user_id=ids", Http.Raw(Photo), ("Accept", "application/json"));
        var result = (await first.JsonAsync()).GetProperty("results")[0].GetProperty("id").GetString();
        var again = await studio.Client.PostAsync(Resize + "?width=8&user_id=ids", Http.Json($$"""{"image_id":"{{result}}"}"""));
        TestFiles.Decode(await again.Content.ReadAsByteArrayAsync()).Width.ShouldBe(8);
    }

    [Theory]
    [InlineData("?width=16&height=16&mode=exact", null)]
    [InlineData("", """{"width":16,"height":16,"mode":"exact"}""")]
    [InlineData("", """{"parameters":{"width":16,"height":16,"mode":"exact"}}""")]
    [InlineData("?width=9&mode=exact", """{"width":16,"parameters":{"height":16}}""")]
    public async Task Parameters_come_by_query_by_json_or_in_a_mix(string query, string? json)
    {
        var body = json is null ? Http.Raw(Photo) : (HttpContent)Http.Json(json.Insert(1, $"\"image\":\"{Base64}\","));
        var picture = TestFiles.Decode(await (await studio.Client.PostAsync(Resize + query, body)).Content.ReadAsByteArrayAsync());
        (picture.Width, picture.Height).ShouldBe((16, 16));
    }

    [Fact]
    public async Task Parameters_come_by_form_fields()
    {
        var form = Http.Form(Photo, fields: [("width", "16"), ("height", "16"), ("mode", "stretch"), ("output_format", "webp")]);
        var response = await studio.Client.PostAsync(Resize, form);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
        TestFiles.Decode(await response.Content.ReadAsByteArrayAsync()).Height.ShouldBe(16);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("image/*")]
    public async Task The_bytes_come_with_what_made_them(string? accept)
    {
        var response = await studio.Client.PostAsync(Resize + "?width=16", Http.Raw(Photo), accept is null ? [] : [("Accept", accept)]);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        response.Content.Headers.ContentLength.ShouldBe(bytes.Length);
        response.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldMatch("^resize-[0-9a-f]{8}\\.jpg$");
        response.Headers.ETag!.Tag.ShouldBe($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
        response.Headers.GetValues("X-Studio-Engine").Single().ShouldNotBeEmpty();
        Guid.TryParse(response.Headers.GetValues("X-Studio-Job").Single(), out _).ShouldBeTrue();
        response.Headers.GetValues("X-Guest-Id").Single().Length.ShouldBe(32);
    }

    [Fact]
    public async Task The_job_comes_as_json_when_that_is_asked_for()
    {
        var response = await studio.Client.PostAsync(Resize + "?width=16", Http.Raw(Photo), ("Accept", "application/json"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var job = await response.JsonAsync();
        job.GetProperty("status").GetString().ShouldBe("completed");
        job.GetProperty("operation").GetString().ShouldBe("resize");
        job.GetProperty("parameters").GetProperty("mode").GetString().ShouldBe("fit");
        job.GetProperty("progress").GetDouble().ShouldBe(1);
        job.GetProperty("metadata").GetProperty("tier").GetString().ShouldBe("builtin");
        job.GetProperty("links").GetProperty("self").GetString().ShouldBe($"/api/v1/processing/jobs/{job.GetProperty("id").GetString()}");
        job.GetProperty("events_url").GetString()!.ShouldContain("signature=");
        var result = job.GetProperty("results")[0];
        result.GetProperty("width").GetInt32().ShouldBe(16);
        result.GetProperty("height").GetInt32().ShouldBe(12);

        var bytes = await studio.Client.GetByteArrayAsync(result.GetProperty("url").GetString());
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(result.GetProperty("sha256").GetString());
        bytes.Length.ShouldBe(result.GetProperty("bytes").GetInt32());
    }

    [Fact]
    public async Task A_jpeg_cut_short_in_its_pixels_fails_with_422_and_says_so()
    {
        var photo = TestFiles.Encode(TestPictures.Photo(640, 480, seed: 1), PictureFormat.Jpeg);
        var response = await studio.Client.PostAsync(Resize + "?width=16", Http.Raw(photo[..(photo.Length / 2)]));
        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_picture");
        response.Headers.Location!.OriginalString.ShouldStartWith("/api/v1/processing/jobs/");
    }

    [Fact]
    public async Task The_same_upload_of_the_same_owner_is_stored_once()
    {
        await using var own = await StudioHost.StartAsync();
        var bytes = TestFiles.Encode(TestPictures.Photo(40, 40, seed: 2), PictureFormat.Png);
        for (var width = 8; width < 11; width++)
            (await own.Client.PostAsync($"{Resize}?width={width}&user_id=ana", Http.Raw(bytes))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.BlobsAsync("images/uploads/")).Count.ShouldBe(1);

        (await own.Client.PostAsync($"{Resize}?width=8&user_id=ben", Http.Raw(bytes))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.BlobsAsync("images/uploads/")).Count.ShouldBe(2);
    }

    private static string InLines(string base64) => string.Join("\\r\\n", base64.Chunk(76).Select(line => new string(line)));

    private static string UrlSafe(string base64) =>
        base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
