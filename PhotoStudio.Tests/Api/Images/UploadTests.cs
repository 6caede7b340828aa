using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Images;

public sealed class UploadTests : IAsyncLifetime
{
    private readonly StudioHost _host = new()
    {
        RunsWorker = false,
        Services = services => services.AddSingleton<ITokenAuthenticator, LibraryClient.Tokens>(),
    };

    private LibraryClient _me = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _me = new LibraryClient(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_upload_is_stored_as_it_came_with_what_was_said_about_it()
    {
        var file = LibraryClient.Photo();

        using var response = await _me.TryUploadAsync(
            file, "Đà Lạt.JPG", [("title", "Morning"), ("description", "Fog\nover the lake"), ("tags", "lake, Hoàng hôn ,lake"), ("is_public", "true")]);

        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var body = await response.JsonAsync();
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        var image = body.GetProperty("data");
        response.Headers.Location!.OriginalString.ShouldBe($"/api/v1/images/{image.GetProperty("id").GetGuid()}");
        image.GetProperty("title").GetString().ShouldBe("Morning");
        image.GetProperty("description").GetString().ShouldBe("Fog\nover the lake");
        image.GetProperty("file_name").GetString().ShouldBe("Đà Lạt.JPG");
        image.GetProperty("tags").EnumerateArray().Select(tag => (tag.GetProperty("name").GetString(), tag.GetProperty("slug").GetString()))
            .ShouldBe([("lake", "lake"), ("Hoàng hôn", "hoang-hon")]);
        image.GetProperty("is_public").GetBoolean().ShouldBeTrue();
        (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()).ShouldBe((320, 240));
        image.GetProperty("perceptual_hash").GetString()!.Length.ShouldBe(16);
        image.GetProperty("is_content_safe").GetBoolean().ShouldBeTrue();
        image.GetProperty("moderation").GetProperty("threshold").GetDouble().ShouldBe(0.8);

        using var download = await _me.GetAsync($"/api/v1/images/{image.GetProperty("id").GetGuid()}/download");
        (await download.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        var listed = (await _me.JsonAsync("/api/v1/images")).GetProperty("pagination");
        (listed.GetProperty("count").GetInt64(), listed.GetProperty("results").GetArrayLength()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_picture_comes_as_base64_by_json_too_and_its_name_is_its_title()
    {
        var base64 = Convert.ToBase64String(LibraryClient.Photo());
        var image = (await _me.JsonAsync(HttpMethod.Post, "/api/v1/images/upload", $$"""{"image":"{{base64}}","tags":["a","B c"],"is_public":false}""")).GetProperty("data");
        image.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("slug").GetString()).ShouldBe(["a", "b-c"]);
        (await _me.UploadAsync(LibraryClient.Photo(2), "IMG_0042.jpeg")).GetProperty("title").GetString().ShouldBe("IMG_0042");
    }

    [Theory]
    [InlineData("../../etc/passwd.jpg", "passwd.jpg")]
    [InlineData("C:\\Users\\me\\photo.jpg", "photo.jpg")]
    [InlineData("photo\u202Egnp.exe", "photognp.exe")]
    [InlineData("a\u0000b\u0007.jpg", "ab.jpg")]
    [InlineData("...", null)]
    [InlineData("<script>|?.jpg", "_script___.jpg")]
    public void File_names_lose_folders_and_what_could_deceive(string sent, string? kept) => PhotoStudio.Core.Images.FileNames.Clean(sent).ShouldBe(kept);

    [Fact]
    public async Task A_hostile_name_neither_reaches_the_storage_nor_the_answers_headers()
    {
        var image = await _me.UploadAsync(LibraryClient.Photo(), "../../x\u202Egpj\u2028.exe");
        image.GetProperty("file_name").GetString().ShouldBe("xgpj.exe");
        using var download = await _me.GetAsync(image.GetProperty("download_url").GetString()!);
        download.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().Trim('"').ShouldBe("xgpj.jpg");
        (await _host.BlobsAsync()).ShouldAllBe(key => BlobKeys.IsValid(key) && !key.Contains("exe"));
    }

    [Fact]
    public async Task What_the_camera_wrote_is_the_owners_alone()
    {
        var file = await ExifTool.WriteAsync(
            LibraryClient.Photo(), "jpg", "-EXIF:Model=Secret Cam", "-EXIF:GPSLatitude=11.94", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=108.44", "-EXIF:GPSLongitudeRef=E");
        var image = await _me.UploadAsync(file, fields: ("is_public", "true"));

        var exif = image.GetProperty("exif");
        exif.GetProperty("fields").GetProperty("Model").GetString().ShouldBe("Secret Cam");
        exif.GetProperty("latitude").GetDouble().ShouldBe(11.94, 0.001);
        exif.GetProperty("longitude").GetDouble().ShouldBe(108.44, 0.001);

        var stranger = new LibraryClient(_host);
        var shown = (await stranger.JsonAsync("/api/v1/images/public")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        shown.TryGetProperty("exif", out _).ShouldBeFalse();
        foreach (var url in shown.GetProperty("sizes").EnumerateObject().Select(size => size.Value.GetString()!).Append(shown.GetProperty("url").GetString()!))
        {
            using var seen = await stranger.GetAsync(url);
            seen.StatusCode.ShouldBe(HttpStatusCode.OK);
            var bytes = await seen.Content.ReadAsByteArrayAsync();
            (await ExifTool.ReadAsync(bytes)).Keys.ShouldNotContain(key => key.Contains("GPS") || key.Contains("Model"));
        }

        using var own = await _me.GetAsync(image.GetProperty("download_url").GetString()!);
        (await own.Content.ReadAsByteArrayAsync()).ShouldBe(file, "the owner gets the file as it was");
    }

    [Fact]
    public async Task The_picture_that_is_shown_stands_upright_and_is_no_larger_than_a_screen()
    {
        var sideways = TestFiles.Oriented(TestFiles.Encode(TestPictures.Quarters(3000, 1500), PictureFormat.Jpeg), 6);
        var image = await _me.UploadAsync(sideways);
        (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()).ShouldBe((1500, 3000));

        using var response = await _me.GetAsync(image.GetProperty("url").GetString()!);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
        var shown = TestFiles.Decode(await response.Content.ReadAsByteArrayAsync());
        (shown.Width, shown.Height).ShouldBe((1024, 2048));
    }

    [Fact]
    public async Task The_same_file_again_is_another_picture_that_names_the_first()
    {
        var first = await _me.UploadedAsync();
        var again = await _me.UploadAsync(LibraryClient.Photo());
        again.GetProperty("duplicate_of").GetGuid().ShouldBe(first);
        again.GetProperty("id").GetGuid().ShouldNotBe(first);
        (await new LibraryClient(_host).UploadAsync(LibraryClient.Photo())).TryGetProperty("duplicate_of", out _).ShouldBeFalse("it is another owner's");
    }

    [Fact]
    public async Task A_repeated_idempotency_key_answers_the_first_picture_and_other_content_is_refused()
    {
        (string, string) key = ("Idempotency-Key", "upload-1");
        using var first = await _me.TryUploadAsync(LibraryClient.Photo(), headers: key);
        using var again = await _me.TryUploadAsync(LibraryClient.Photo(), headers: key);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        IdOf(await again.JsonAsync()).ShouldBe(IdOf(await first.JsonAsync()));
        await _me.TryUploadAsync(LibraryClient.Photo(2), headers: key).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        await _me.TryUploadAsync(LibraryClient.Photo(), fields: [("title", "other")], headers: key)
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await _me.IdsAsync("/api/v1/images")).Count.ShouldBe(1);
        (await _host.BlobsAsync("images/uploads")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_stores_one_picture_and_no_stray_bytes()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _me.TryUploadAsync(LibraryClient.Photo(), headers: ("Idempotency-Key", "race"))));

        responses.ShouldAllBe(response => response.IsSuccessStatusCode);
        responses.Count(response => response.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        (await _me.IdsAsync("/api/v1/images")).Count.ShouldBe(1);
        (await _host.BlobsAsync("images/")).Count.ShouldBe(2, "the file and its optimised size");
        foreach (var response in responses) response.Dispose();
    }

    [Fact]
    public async Task Every_fault_is_told_at_once_and_nothing_is_stored()
    {
        using var response = await _me.TryUploadAsync(
            LibraryClient.Photo(),
            fields:
            [
                ("title", new string('t', 201)), ("description", new string('d', 2001)), ("is_public", "perhaps"),
                ("tags", string.Join(',', Enumerable.Range(0, 31).Select(number => $"t{number}")) + ",!!!," + new string('x', 51)),
            ]);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["title", "description", "is_public", "tags"], ignoreOrder: true);
        problem.Fault("tags").ShouldContain("at most 50 characters");
        problem.Fault("tags").ShouldContain("letter or digit");
        await _me.SendAsync(HttpMethod.Post, "/api/v1/images/upload", Http.Json("{}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "picture_missing");
        (await _host.BlobsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_the_studio_decides_cannot_be_sent()
    {
        var image = await _me.UploadAsync(
            LibraryClient.Photo(),
            fields: [("is_content_safe", "false"), ("downloads", "900"), ("owner", "user:x"), ("id", Guid.NewGuid().ToString()), ("version", "7"), ("role", "admin")]);
        (image.GetProperty("is_content_safe").GetBoolean(), image.GetProperty("downloads").GetInt64(), image.GetProperty("version").GetInt64()).ShouldBe((true, 0, 0));
        (await _me.IdsAsync("/api/v1/images")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Damaged_and_dangerous_files_are_refused_and_leave_nothing()
    {
        var photo = LibraryClient.Photo();
        await _me.TryUploadAsync(photo[..(photo.Length / 2)]).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_picture");
        await _me.TryUploadAsync(TestFiles.PngPromising(16_000, 16_000), "bomb.png").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "picture_too_large");
        await _me.TryUploadAsync("MZ not a picture"u8.ToArray(), "photo.jpg").ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
        await _me.TryUploadAsync("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "x.svg").ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
        (await _host.BlobsAsync()).ShouldBeEmpty();
        (await _me.IdsAsync("/api/v1/images")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Premium_accounts_may_upload_larger_files()
    {
        var large = TestFiles.Encode(TestPictures.Static(2100, 1800, seed: 1), PictureFormat.Png);
        large.Length.ShouldBeGreaterThan(10_485_760);

        await new LibraryClient(_host, "plain").TryUploadAsync(large, "large.png").ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await new LibraryClient(_host, "premium").UploadAsync(large, "large.png")).GetProperty("bytes").GetInt64().ShouldBe(large.Length);
    }

    [Fact]
    public async Task An_animation_is_accepted_and_shown_moving()
    {
        var gif = TestFiles.Codec.Encode(TestPictures.Moving(60, 40, frames: 4, loops: 0), new EncodeOptions(PictureFormat.Gif));
        var image = await _me.UploadAsync(gif, "moving.gif");
        image.GetProperty("content_type").GetString().ShouldBe("image/gif");
        using var shown = await _me.GetAsync(image.GetProperty("thumbnail_url").GetString()!);
        TestFiles.Codec.Probe(await shown.Content.ReadAsByteArrayAsync()).Frames.ShouldBe(4);
    }

    private static Guid IdOf(JsonElement body) => body.GetProperty("data").GetProperty("id").GetGuid();
}
