using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Batches;

/// <summary>Batches over the whole studio, with its own engines.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private const string Path = "/api/v1/batches";
    private static readonly (string, string) Ana = ("X-Guest-Id", "0123456789abcdef0123456789abcdef");
    private static readonly (string, string) Bob = ("X-Guest-Id", "fedcba9876543210fedcba9876543210");
    private static readonly (string, string) Wait = ("Prefer", "wait=60");

    private WebServer _web = null!;
    private StudioHost _studio = null!;

    public async Task InitializeAsync()
    {
        _web = await WebServer.StartAsync(http => http.Response.Body.WriteAsync(Photo(9)).AsTask());
        _studio = await StudioHost.StartAsync(new StudioHost
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Studio:Egress:AllowedNetworks:0"] = "127.0.0.0/8",
                ["Studio:Egress:AllowedPorts:0"] = $"{_web.Port}",
            },
        });
    }

    public async Task DisposeAsync()
    {
        await _studio.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Several_files_stored_pictures_and_urls_become_items_of_one_batch()
    {
        var stored = await (await _studio.Client.PostAsync(
            "/api/v1/operations/flip", Http.Raw(Photo(8)), Ana, ("Accept", "application/json"))).JsonAsync();
        var id = stored.GetProperty("results")[0].GetProperty("id").GetString()!;
        using var form = Files(("one.png", Photo(1)), ("two.png", Photo(2)), ("one again.png", Photo(1)));
        form.Add(new StringContent("resize"), "operation");
        form.Add(new StringContent("16"), "width");
        form.Add(new StringContent(id), "image_ids");
        form.Add(new StringContent(_web.Url()), "image_urls");

        var accepted = await _studio.Client.PostAsync(Path, form, Ana);

        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        var batch = await accepted.JsonAsync();
        accepted.Headers.Location!.OriginalString.ShouldBe($"{Path}/{batch.GetProperty("id").GetString()}");
        batch.GetProperty("counts").GetProperty("total").GetInt32().ShouldBe(5);
        batch = await EndedAsync(batch);
        batch.GetProperty("status").GetString().ShouldBe("completed");
        Items(batch, "name").ShouldBe(["one.png", "two.png", "one again.png", id, _web.Url()]);
        Items(batch, "status").ShouldAllBe(status => status == "completed");
        batch.GetProperty("items")[0].GetProperty("image_id").GetString().ShouldBe(batch.GetProperty("items")[2].GetProperty("image_id").GetString());
        foreach (var item in batch.GetProperty("items").EnumerateArray())
        {
            var result = item.GetProperty("results").EnumerateArray().ShouldHaveSingleItem();
            result.GetProperty("width").GetInt32().ShouldBe(16);
            (await _studio.Client.GetAsync(result.GetProperty("url").GetString()!)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await _studio.BlobsAsync("images/")).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Bad_pictures_among_good_ones_say_why_and_stop_nothing()
    {
        var cut = Photo(3)[..^400];
        using var form = Files(("good.png", Photo(1)), ("notes.txt", "just text"u8.ToArray()), ("cut.png", cut), ("also good.png", Photo(2)));
        form.Add(new StringContent("00000000-0000-0000-0000-000000000001"), "image_ids");
        form.Add(new StringContent("""[{"operation":"flip"},{"operation":"resize","width":16}]"""), "steps");

        var response = await _studio.Client.PostAsync(Path, form, Ana, Wait);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var batch = await response.JsonAsync();
        batch.GetProperty("status").GetString().ShouldBe("completed");
        Items(batch, "status").ShouldBe(["completed", "failed", "failed", "completed", "failed"]);
        Errors(batch).ShouldBe([null, "unsupported_picture", "undecodable_picture", null, "not_found"]);
        var counts = batch.GetProperty("counts");
        (counts.GetProperty("completed").GetInt32(), counts.GetProperty("failed").GetInt32()).ShouldBe((2, 3));
        batch.GetProperty("progress").GetDouble().ShouldBe(1);
        var listed = (await (await _studio.Client.GetAsync(Path, Ana)).JsonAsync()).GetProperty("data")[0];
        listed.GetProperty("status").GetString().ShouldBe("completed");
        listed.GetProperty("counts").GetRawText().ShouldBe(counts.GetRawText());
        listed.GetProperty("items").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_picture_with_too_many_bytes_stops_no_other()
    {
        var huge = new byte[10_485_761];
        using var form = Files(("good.png", Photo(1)), ("huge.png", huge), ("also good.png", Photo(2)));
        form.Add(new StringContent("flip"), "operation");
        var json = $$"""{"operation":"flip","images":["{{Convert.ToBase64String(huge)}}","{{Convert.ToBase64String(Photo(3))}}"]}""";

        var ofFiles = await (await _studio.Client.PostAsync(Path, form, Ana, Wait)).JsonAsync();
        var ofJson = await (await _studio.Client.PostAsync(Path, Http.Json(json), Ana, Wait)).JsonAsync();

        Items(ofFiles, "name").ShouldBe(["good.png", "huge.png", "also good.png"]);
        Items(ofFiles, "status").ShouldBe(["completed", "failed", "completed"]);
        Errors(ofFiles).ShouldBe([null, "too_large", null]);
        Errors(ofJson).ShouldBe(["too_large", null]);
    }

    [Fact]
    public async Task Where_no_picture_is_good_the_batch_is_refused_and_nothing_is_kept()
    {
        using var form = Files(("a.txt", "just text"u8.ToArray()), ("b.txt", "more text"u8.ToArray()));
        form.Add(new StringContent("flip"), "operation");

        var problem = await _studio.Client.PostAsync(Path, form, Ana).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_picture");

        problem.FaultyFields().ShouldBe(["images[0]", "images[1]"]);
        (await _studio.BlobsAsync()).ShouldBeEmpty();
        (await (await _studio.Client.GetAsync(Path, Ana)).JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_comes_as_json()
    {
        var one = Convert.ToBase64String(Photo(1));
        var body = $$"""{"operation":"resize","parameters":{"width":16},"images":["{{one}}","data:image/png;base64,{{one}}"]}""";
        var response = await _studio.Client.PostAsync(Path, Http.Json(body), Ana, Wait);
        var batch = await response.JsonAsync();
        Items(batch, "status").ShouldBe(["completed", "completed"]);
        Items(batch, "name").ShouldBe(["image 1", "image 2"]);
    }

    [Theory]
    [InlineData("""{"images":["aGk="]}""", "operation", "is required")]
    [InlineData("""{"operation":"flip"}""", "images", "at least one picture is required")]
    [InlineData("""{"operation":"flip","images":[]}""", "images", "at least one picture is required")]
    [InlineData("""{"operation":"flip","images":["§"]}""", "images", "must be base64")]
    [InlineData("""{"operation":"flip","images":[7]}""", "images", "must be texts.")]
    [InlineData("""{"operation":"flop","images":["aGk="]}""", "operation", "Did you mean 'flip'?")]
    [InlineData("""{"operation":"resize","width":0,"images":["aGk="]}""", "width", "must be from 1")]
    [InlineData("""{"operation":"flip","steps":[{"operation":"flip"}],"images":["aGk="]}""", "operation", "send one of the two")]
    [InlineData("""{"steps":[{"operation":"flip"},{"operation":"resize","width":0}],"images":["aGk="]}""", "steps[1].width", "must be from 1")]
    [InlineData("""{"steps":[],"images":["aGk="]}""", "steps", "must have 1 to 20 steps, not 0.")]
    [InlineData("""{"operation":"flip","mask":"aGk=","images":["aGk="]}""", "mask", "is no input of a batch")]
    public async Task A_batch_that_makes_no_sense_is_refused(string body, string field, string message)
    {
        var problem = await _studio.Client.PostAsync(Path, Http.Json(body), Ana).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault(field).ShouldContain(message);
    }

    [Theory]
    [InlineData(101, "are 101; a batch takes at most 100.")]
    [InlineData(5000, "more than 200 pictures")]
    public async Task A_huge_batch_is_refused(int pictures, string message)
    {
        var ids = string.Join(',', Enumerable.Repeat($"\"{Guid.NewGuid()}\"", pictures));
        var response = await _studio.Client.PostAsync(Path, Http.Json($$"""{"operation":"flip","image_ids":[{{ids}}]}"""), Ana);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain(message);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var small = await StudioHost.StartAsync(new StudioHost
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Studio:Batches:MaxBodyBytes"] = "1048576" },
        });
        using var form = Files(("big.png", new byte[2_000_000]));
        form.Add(new StringContent("flip"), "operation");
        (await small.Client.PostAsync(Path, form, Ana)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_same_key_makes_one_batch_and_other_content_is_refused()
    {
        var key = ("Idempotency-Key", "once");
        var first = await (await _studio.Client.PostAsync(Path, Body(1, 2), Ana, key)).JsonAsync();
        var again = await _studio.Client.PostAsync(Path, Body(1, 2), Ana, key);
        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await again.JsonAsync()).GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
        await _studio.Client.PostAsync(Path, Body(1, 3), Ana, key).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await (await _studio.Client.GetAsync(Path, Ana)).JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Another_owners_batch_is_not_there()
    {
        var batch = await (await _studio.Client.PostAsync(Path, Body(1, 2), Ana, Wait)).JsonAsync();
        var self = $"{Path}/{batch.GetProperty("id").GetString()}";
        await _studio.Client.GetAsync(self, Bob).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _studio.Client.GetAsync($"{self}/events", Bob).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _studio.Client.SendAsync(HttpMethod.Post, $"{self}/cancel", null, Bob).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await (await _studio.Client.GetAsync(Path, Bob)).JsonAsync()).GetProperty("data").GetArrayLength().ShouldBe(0);
        await _studio.Client.SendAsync(HttpMethod.Post, $"{self}/cancel", null, Ana).ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");

        var etag = (await _studio.Client.GetAsync(self, Ana)).Headers.ETag!.ToString();
        (await _studio.Client.GetAsync(self, Ana, ("If-None-Match", etag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private async Task<JsonElement> EndedAsync(JsonElement batch)
    {
        var self = batch.GetProperty("links").GetProperty("self").GetString()!;
        await Eventually.BecomesTrueAsync(
            async () => (await (await _studio.Client.GetAsync(self, Ana)).JsonAsync()).GetProperty("finished_at").ValueKind != JsonValueKind.Null,
            "the batch has ended");
        return await (await _studio.Client.GetAsync(self, Ana)).JsonAsync();
    }

    private static StringContent Body(params int[] seeds) =>
        Http.Json($$"""{"operation":"flip","images":[{{string.Join(',', seeds.Select(seed => $"\"{Convert.ToBase64String(Photo(seed))}\""))}}]}""");

    private static byte[] Photo(int seed) => TestFiles.Encode(TestPictures.Photo(64, 48, seed), PictureFormat.Png);

    private static MultipartFormDataContent Files(params (string Name, byte[] File)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, file) in files) form.Add(new ByteArrayContent(file), "images", name);
        return form;
    }

    private static string?[] Items(JsonElement batch, string member) =>
        [.. batch.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString())];

    private static string?[] Errors(JsonElement batch) =>
        [.. batch.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("error")).Select(error => error.ValueKind == JsonValueKind.Null ? null : error.GetProperty("code").GetString())];
}
