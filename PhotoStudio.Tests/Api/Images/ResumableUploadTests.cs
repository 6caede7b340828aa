using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Images;

/// <summary>Uploads in several requests, as a tus client sends them.</summary>
public sealed class ResumableUploadTests : IAsyncLifetime
{
    private const string Uploads = "/api/v1/images/uploads";
    private static readonly byte[] Photo = LibraryClient.Photo();

    private readonly StudioHost _host = new()
    {
        RunsWorker = false,
        Settings = { ["Studio:Images:MaxUnfinishedUploads"] = "2" },
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
    public async Task A_file_in_parts_becomes_the_picture_it_is()
    {
        var path = await BeginAsync(Photo.Length, ("filename", "Đà Lạt.jpg"), ("title", "In parts"), ("tags", "a,b"), ("is_public", "true"));
        (await OffsetAsync(path)).ShouldBe(0);

        using (var first = await PatchAsync(path, 0, Photo[..1000]))
        {
            first.StatusCode.ShouldBe(HttpStatusCode.NoContent, await first.Content.ReadAsStringAsync());
            Header(first, "Upload-Offset").ShouldBe("1000");
            Header(first, "Tus-Resumable").ShouldBe("1.0.0");
            first.Headers.Contains("X-Studio-Image").ShouldBeFalse();
        }

        (await OffsetAsync(path)).ShouldBe(1000);
        using var last = await PatchAsync(path, 1000, Photo[1000..]);
        last.StatusCode.ShouldBe(HttpStatusCode.NoContent, await last.Content.ReadAsStringAsync());
        var id = Header(last, "X-Studio-Image");

        var image = (await _me.JsonAsync($"/api/v1/images/{id}")).GetProperty("data");
        (image.GetProperty("title").GetString(), image.GetProperty("file_name").GetString(), image.GetProperty("is_public").GetBoolean()).ShouldBe(("In parts", "Đà Lạt.jpg", true));
        image.GetProperty("tags").GetArrayLength().ShouldBe(2);
        using var download = await _me.GetAsync($"/api/v1/images/{id}/download");
        (await download.Content.ReadAsByteArrayAsync()).ShouldBe(Photo);
        (await _host.BlobsAsync("images/parts")).ShouldBeEmpty();
        (await _me.JsonAsync(path)).GetProperty("data").GetProperty("image_id").GetString().ShouldBe(id);
        using (var again = await PatchAsync(path, Photo.Length, [])) again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await _me.IdsAsync("/api/v1/images")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Options_tell_what_a_client_may_do()
    {
        using var response = await _host.Client.SendAsync(HttpMethod.Options, Uploads, null);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(response, "Tus-Version").ShouldBe("1.0.0");
        Header(response, "Tus-Extension").ShouldContain("termination");
        Header(response, "Tus-Max-Size").ShouldBe("52428800");
    }

    [Fact]
    public async Task What_arrived_before_a_connection_broke_is_kept()
    {
        var path = await BeginAsync(Photo.Length);
        await using (var socket = await _host.ConnectAsync())
        {
            var head = $"PATCH {path} HTTP/1.1\r\nHost: x\r\nX-Guest-Id: {_me.Guest}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {Photo.Length}\r\n\r\n";
            await socket.WriteAsync(Encoding.ASCII.GetBytes(head));
            await socket.WriteAsync(Photo.AsMemory(0, 3000));
            await socket.FlushAsync();

            // The server has read what was sent once it is in a part's file; then the line goes dead.
            await Eventually.BecomesTrueAsync(() => Directory.EnumerateFiles(_host.Folder, "*", SearchOption.AllDirectories).Any(file => new FileInfo(file).Length == 3000), "the part is written");
        }

        await Eventually.BecomesTrueAsync(async () => await OffsetAsync(path) == 3000, "the part is kept");
        using var rest = await PatchAsync(path, 3000, Photo[3000..]);
        rest.StatusCode.ShouldBe(HttpStatusCode.NoContent, await rest.Content.ReadAsStringAsync());
        using var download = await _me.GetAsync($"/api/v1/images/{Header(rest, "X-Studio-Image")}/download");
        (await download.Content.ReadAsByteArrayAsync()).ShouldBe(Photo);
    }

    [Fact]
    public async Task A_part_with_the_wrong_checksum_or_at_the_wrong_place_changes_nothing()
    {
        var path = await BeginAsync(Photo.Length);
        var part = Photo[..500];
        using (var wrong = await PatchAsync(path, 0, part, ("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"))) ((int)wrong.StatusCode).ShouldBe(460);
        using (var unknown = await PatchAsync(path, 0, part, ("Upload-Checksum", "crc32 AAAA"))) unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var late = await PatchAsync(path, 400, part)) late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var endless = await PatchAsync(path, 0, [.. Photo, 1, 2, 3])) endless.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using (var plain = await _me.SendAsync(HttpMethod.Patch, path, Http.Raw(part, "image/jpeg"), ("Upload-Offset", "0"))) plain.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using (var old = await PatchAsync(path, 0, part, ("Tus-Resumable", "0.2.2"))) old.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await OffsetAsync(path)).ShouldBe(0);
        (await _host.BlobsAsync("images/parts")).ShouldBeEmpty();
        using var good = await PatchAsync(path, 0, part, ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(part))}"));
        good.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_same_part_sent_twice_at_once_counts_once()
    {
        var path = await BeginAsync(Photo.Length);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PatchAsync(path, 0, Photo)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NoContent || answer.StatusCode == HttpStatusCode.Conflict);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).ShouldBe(1);
        (await _me.IdsAsync("/api/v1/images")).Count.ShouldBe(1);
        (await _host.BlobsAsync("images/parts")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_picture_is_given_up_and_what_is_too_large_or_too_many_does_not_begin()
    {
        var text = Encoding.UTF8.GetBytes(new string('x', 2000));
        var path = await BeginAsync(text.Length);
        using (var refused = await PatchAsync(path, 0, text)) await refused.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");
        using (var gone = await _me.SendAsync(HttpMethod.Head, path)) gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _host.BlobsAsync()).ShouldBeEmpty();

        await CreateAsync("10485761").ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        foreach (var length in (string[])["", "0", "-5", "x"]) await CreateAsync(length).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        await CreateAsync("100", "title " + Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('t', 300)))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        await CreateAsync("100", "title not-base64!").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        using (var premium = await new LibraryClient(_host, "premium").SendAsync(HttpMethod.Post, Uploads, null, ("Upload-Length", "50000000")))
            premium.StatusCode.ShouldBe(HttpStatusCode.Created);

        await BeginAsync(100);
        var second = await BeginAsync(100);
        await CreateAsync("100").ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "queue_full");
        using (var deleted = await _me.SendAsync(HttpMethod.Delete, second)) deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await BeginAsync(100);
    }

    [Fact]
    public async Task Another_owners_upload_is_not_there()
    {
        var path = await BeginAsync(Photo.Length);
        var stranger = new LibraryClient(_host);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Delete])
        {
            using var response = await stranger.SendAsync(method, path);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var part = await stranger.SendAsync(HttpMethod.Patch, path, Http.Raw(Photo, "application/offset+octet-stream"), ("Upload-Offset", "0"));
        part.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await OffsetAsync(path)).ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_that_cannot_be_taken_in_for_the_moment_is_finished_later()
    {
        var engine = new ScriptedEngine("moody", "moderate")
        {
            Tier = EngineTier.Onnx,
            Missing = "The model is being fetched.",
            Script = (_, _) => Task.FromResult(new EngineOutput { Data = """{"flagged":false,"categories":{},"method":"model"}""" }),
        };
        await using var host = await StudioHost.StartAsync(new StudioHost { RunsWorker = false, Engines = [engine, new ScriptedEngine()] });
        var me = new LibraryClient(host);
        using var created = await me.SendAsync(HttpMethod.Post, Uploads, null, ("Upload-Length", $"{Photo.Length}"));
        var path = created.Headers.Location!.OriginalString;

        using (var busy = await me.SendAsync(HttpMethod.Patch, path, Http.Raw(Photo, "application/offset+octet-stream"), ("Upload-Offset", "0")))
            await busy.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "engine_unavailable");
        engine.Missing = null;
        using var done = await me.SendAsync(HttpMethod.Patch, path, Http.Raw([], "application/offset+octet-stream"), ("Upload-Offset", $"{Photo.Length}"));
        done.StatusCode.ShouldBe(HttpStatusCode.NoContent, await done.Content.ReadAsStringAsync());
        (await me.IdsAsync("/api/v1/images")).ShouldBe([Guid.Parse(Header(done, "X-Studio-Image"))]);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private Task<HttpResponseMessage> CreateAsync(string length, string metadata = "") =>
        _me.SendAsync(HttpMethod.Post, Uploads, null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", length), ("Upload-Metadata", metadata));

    private async Task<string> BeginAsync(long length, params (string Name, string Value)[] metadata)
    {
        var pairs = string.Join(',', metadata.Select(pair => $"{pair.Name} {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value))}"));
        using var response = await CreateAsync($"{length}", pairs);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.OriginalString;
    }

    private Task<HttpResponseMessage> PatchAsync(string path, long offset, byte[] part, params (string Name, string Value)[] headers) =>
        _me.SendAsync(HttpMethod.Patch, path, Http.Raw(part, "application/offset+octet-stream"), [("Upload-Offset", $"{offset}"), .. headers]);

    private async Task<long> OffsetAsync(string path)
    {
        using var response = await _me.SendAsync(HttpMethod.Head, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return long.Parse(Header(response, "Upload-Offset"), System.Globalization.CultureInfo.InvariantCulture);
    }
}
