using System.Net;
using System.Text.Json;
using PhotoStudio.Tests.Api.Images;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Gallery;

public sealed class GalleryTests : IAsyncLifetime
{
    private StudioHost _host = null!;
    private LibraryClient _me = null!;
    private StoredJobs _jobs = null!;

    public async Task InitializeAsync()
    {
        _host = await StoredJobs.HostAsync(("Studio:Egress:AllowedNetworks:0", "127.0.0.0/8"));
        _me = new LibraryClient(_host);
        _jobs = new StoredJobs(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/v1/gallery")]
    [InlineData("/api/v1/gallery/")]
    public async Task What_a_job_made_is_in_the_gallery_with_how_it_came_to_be(string path)
    {
        var (job, file, id) = await _jobs.CompletedAsync(_me.Guest);

        var page = await _me.JsonAsync(path);
        page.GetProperty("total").GetInt64().ShouldBe(1);
        var entry = page.GetProperty("items")[0];
        entry.GetProperty("id").GetGuid().ShouldBe(id);
        entry.GetProperty("operation").GetString().ShouldBe("resize");
        entry.GetProperty("intent").GetString().ShouldBe("resize");
        entry.GetProperty("task_id").GetGuid().ShouldBe(job);
        entry.GetProperty("settings").GetProperty("width").GetInt32().ShouldBe(64);
        entry.GetProperty("metadata").GetProperty("engine").GetString().ShouldBe("builtin-resize");
        entry.GetProperty("seed").GetInt64().ShouldBe(7);
        entry.GetProperty("parents").GetArrayLength().ShouldBe(1);
        (await _host.Client.GetByteArrayAsync(entry.GetProperty("image_url").GetString())).ShouldBe(file);

        // The same record under its other two names.
        (await _me.JsonAsync($"/api/v1/images/processed/{id}")).GetProperty("data").GetProperty("id").GetGuid().ShouldBe(id);
        (await _me.JsonAsync($"/api/v1/processing/results/{id}")).GetProperty("data").GetProperty("id").GetGuid().ShouldBe(id);
        await _me.JsonAsync(HttpMethod.Post, $"/api/v1/processing/results/{id}/favorite", null);
        await _me.JsonAsync(HttpMethod.Post, $"/api/v1/images/processed/{id}/rate", """{"rating":5}""");
        var same = await _me.JsonAsync($"{path.TrimEnd('/')}/{id}");
        (same.GetProperty("is_favorite").GetBoolean(), same.GetProperty("rating").GetInt32(), same.GetProperty("version").GetInt64()).ShouldBe((true, 5, 2));
        (await _me.EntriesAsync("/v1/gallery?q=resi")).ShouldBe([id]);
    }

    [Fact]
    public async Task Prompts_of_jobs_are_kept_and_found()
    {
        await using var host = await StudioHost.StartAsync();
        var me = new LibraryClient(host);
        await me.JsonAsync(
            HttpMethod.Post, "/api/v1/processing/jobs", """{"job_type":"generate","prompt":"a red boat on a lake at dawn","width":128,"height":128,"style":"watercolor","seed":3}""", ("Prefer", "wait=60"));

        var entry = (await me.JsonAsync("/v1/gallery?q=boat&style=watercolor&operation=generate")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (entry.GetProperty("prompt").GetString(), entry.GetProperty("style").GetString(), entry.GetProperty("seed").GetInt64())
            .ShouldBe(("a red boat on a lake at dawn", "watercolor", 3));
        (await me.EntriesAsync("/v1/gallery?q=ship")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_from_elsewhere_becomes_an_entry_with_what_is_said_about_it()
    {
        var photo = LibraryClient.Photo();
        await using var web = await WebServer.StartAsync(async http => await http.Response.Body.WriteAsync(photo));
        await using var host = await StudioHost.StartAsync(new StudioHost
        {
            RunsWorker = false,
            Settings = { ["Studio:Egress:AllowedNetworks:0"] = "127.0.0.0/8", ["Studio:Egress:AllowedPorts:0"] = $"{web.Port}" },
        });
        var me = new LibraryClient(host);
        var body = $$"""
            {"image_url":"{{web.Url("/pictures/sea.jpg")}}","prompt":"the sea","refined_prompt":"the sea at dusk, oil","intent":"generate","task_id":"task-9",
             "settings":{"steps":30},"user_id":"ana","is_favorite":true,"is_content_safe":false}
            """;

        using var created = await me.PostAsync("/v1/gallery", body);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var entry = await created.JsonAsync();
        created.Headers.Location!.OriginalString.ShouldBe($"/v1/gallery/{entry.GetProperty("id").GetGuid()}");
        entry.GetProperty("user_id").GetString().ShouldBe("ana");
        entry.GetProperty("title").GetString().ShouldBe("sea");
        entry.GetProperty("task_id").GetString().ShouldBe("task-9");
        entry.GetProperty("settings").GetProperty("steps").GetInt32().ShouldBe(30);
        (entry.GetProperty("prompt").GetString(), entry.GetProperty("refined_prompt").GetString(), entry.GetProperty("intent").GetString())
            .ShouldBe(("the sea", "the sea at dusk, oil", "generate"));
        using var shown = await host.Client.GetAsync(entry.GetProperty("image_url").GetString());
        TestFiles.Decode(await shown.Content.ReadAsByteArrayAsync()).Width.ShouldBe(320);

        (await me.EntriesAsync("/v1/gallery?user_id=ana")).Count.ShouldBe(1);
        (await me.EntriesAsync("/v1/gallery")).ShouldBeEmpty("a namespace is another owner than the guest itself");
    }

    [Fact]
    public async Task Addresses_that_are_not_public_are_not_fetched_for_the_gallery()
    {
        await using var host = await StudioHost.StartAsync(new StudioHost { RunsWorker = false });
        var me = new LibraryClient(host);
        foreach (var url in (string[])["http://127.0.0.1/x.jpg", "http://169.254.169.254/latest/meta-data", "http://[::1]/x.jpg", "file:///etc/passwd"])
            await me.PostAsync("/v1/gallery", $$"""{"image_url":"{{url}}"}""").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_forbidden");
        await me.PostAsync("/v1/gallery", """{"prompt":"x"}""").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        var faults = await me.PostAsync("/v1/gallery", """{"image_url":7,"settings":[1],"prompt":{"a":1},"task_id":false}""").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        faults.FaultyFields().ShouldBe(["image_url", "settings", "prompt", "task_id"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_of_the_studios_own_urls_adds_the_record_it_names_and_no_second_one()
    {
        var (_, _, id) = await _jobs.CompletedAsync(_me.Guest);
        var entry = await _me.JsonAsync($"/v1/gallery/{id}");
        var url = entry.GetProperty("image_url").GetString()!;

        var added = await _me.JsonAsync(HttpMethod.Post, "/v1/gallery", $$"""{"image_url":"{{url}}","refined_prompt":"better"}""");
        added.GetProperty("id").GetGuid().ShouldBe(id);
        added.GetProperty("refined_prompt").GetString().ShouldBe("better");
        var upload = await _me.UploadAsync(LibraryClient.Photo());
        (await _me.JsonAsync(HttpMethod.Post, "/v1/gallery", $$"""{"image_url":"{{upload.GetProperty("url").GetString()}}"}"""))
            .GetProperty("id").GetGuid().ShouldBe(upload.GetProperty("id").GetGuid());
        (await _me.EntriesAsync("/v1/gallery")).ShouldBe([upload.GetProperty("id").GetGuid(), id], ignoreOrder: true);

        var stranger = new LibraryClient(_host);
        using var copied = await stranger.PostAsync("/v1/gallery", $$"""{"image_url":"{{url}}"}""");
        copied.StatusCode.ShouldBe(HttpStatusCode.Created, "whoever was handed a link may keep what it shows");
        (await copied.JsonAsync()).GetProperty("id").GetGuid().ShouldNotBe(id);
        await _me.PostAsync("/v1/gallery", $$"""{"image_url":"{{url.Replace("signature=", "signature=x", StringComparison.Ordinal)}}"}""")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "image_url_altered");
    }

    [Fact]
    public async Task A_deleted_entry_shows_at_its_url_comes_back_and_goes_for_good_with_its_bytes()
    {
        var (_, file, id) = await _jobs.CompletedAsync(_me.Guest);
        var url = (await _me.JsonAsync($"/v1/gallery/{id}")).GetProperty("image_url").GetString()!;

        (await _me.JsonAsync(HttpMethod.Delete, $"/v1/gallery/{id}", null)).GetProperty("is_deleted").GetBoolean().ShouldBeTrue();
        await _me.GetAsync($"/v1/gallery/{id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _me.GetAsync($"/api/v1/processing/results/{id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await _me.EntriesAsync("/v1/gallery")).ShouldBeEmpty();
        (await _me.EntriesAsync("/v1/gallery/deleted")).ShouldBe([id]);
        (await _host.Client.GetByteArrayAsync(url)).ShouldBe(file);

        await _me.JsonAsync(HttpMethod.Post, $"/v1/gallery/{id}/restore", null);
        (await _me.EntriesAsync("/v1/gallery")).ShouldBe([id]);
        await _me.JsonAsync(HttpMethod.Delete, $"/v1/gallery/{id}", null);
        using (var removed = await _me.SendAsync(HttpMethod.Delete, $"/v1/gallery/{id}/permanent")) removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var gone = await _host.Client.GetAsync(url)) gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _host.BlobsAsync("processed/")).ShouldBeEmpty();
        (await _me.EntriesAsync("/v1/gallery/deleted")).ShouldBeEmpty();
        await _me.SendAsync(HttpMethod.Delete, $"/v1/gallery/{id}/permanent").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Deleting_restoring_and_removing_at_the_same_time_ends_in_one_state_without_stray_bytes()
    {
        var (_, _, id) = await _jobs.CompletedAsync(_me.Guest);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => (number % 3) switch
        {
            0 => _me.SendAsync(HttpMethod.Delete, $"/v1/gallery/{id}"),
            1 => _me.PostAsync($"/v1/gallery/{id}/restore"),
            _ => _me.SendAsync(HttpMethod.Delete, $"/v1/gallery/{id}/permanent"),
        }));

        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotFound);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent).ShouldBe(1);
        (await _host.BlobsAsync("processed/")).ShouldBeEmpty();
        await _me.GetAsync($"/v1/gallery/{id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Entries_are_changed_only_in_the_version_that_was_seen()
    {
        var (_, _, id) = await _jobs.CompletedAsync(_me.Guest);
        using var seen = await _me.GetAsync($"/v1/gallery/{id}");
        (string, string) match = ("If-Match", seen.Headers.ETag!.ToString());

        (await _me.JsonAsync(HttpMethod.Patch, $"/v1/gallery/{id}", """{"title":"mine"}""", match)).GetProperty("title").GetString().ShouldBe("mine");
        foreach (var (method, path) in ((HttpMethod, string)[])
        [
            (HttpMethod.Put, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/favorite"), (HttpMethod.Delete, "/favorite"), (HttpMethod.Post, "/restore"), (HttpMethod.Delete, "/permanent"),
        ])
        {
            await _me.SendAsync(method, $"/v1/gallery/{id}{path}", Http.Json("{}"), match).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        }

        (await _me.JsonAsync($"/v1/gallery/{id}")).GetProperty("title").GetString().ShouldBe("mine");
    }

    [Fact]
    public async Task Another_owner_finds_nothing_of_it_on_any_path()
    {
        var (_, _, id) = await _jobs.CompletedAsync(_me.Guest);
        var stranger = new LibraryClient(_host);
        foreach (var (method, path) in ((HttpMethod, string)[])
        [
            (HttpMethod.Get, ""), (HttpMethod.Put, ""), (HttpMethod.Patch, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/restore"), (HttpMethod.Delete, "/permanent"),
            (HttpMethod.Post, "/favorite"), (HttpMethod.Delete, "/favorite"), (HttpMethod.Post, "/rate"), (HttpMethod.Get, "/lineage"),
        ])
        {
            await stranger.SendAsync(method, $"/v1/gallery/{id}{path}", method == HttpMethod.Get ? null : Http.Json("""{"rating":3}"""))
                .ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }

        (await stranger.EntriesAsync("/v1/gallery")).ShouldBeEmpty();
        await stranger.PostAsync("/v1/gallery", $$"""{"image_id":"{{id}}"}""").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_list_has_pages_and_filters_and_says_what_is_wrong_with_them()
    {
        for (var i = 0; i < 3; i++) await _jobs.CompletedAsync(_me.Guest);
        var page = await _me.JsonAsync("/v1/gallery?page=2&page_size=2&operation=resize&from=2020-01-01&to=2090-12-31&is_favorite=false");
        (page.GetProperty("items").GetArrayLength(), page.GetProperty("total").GetInt64(), page.GetProperty("page").GetInt32()).ShouldBe((1, 3, 2));
        page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        page.GetProperty("previous").GetString().ShouldNotBeNull().ShouldContain("operation=resize");
        (await _me.EntriesAsync("/v1/gallery?to=2020-01-01")).ShouldBeEmpty();
        (await _me.EntriesAsync("/v1/gallery?page=500")).ShouldBeEmpty();

        var problem = await _me.GetAsync("/v1/gallery?page=0&page_size=1000&operation=magic&from=yesterday&is_favorite=maybe").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["page", "page_size", "operation", "from", "is_favorite"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_repeated_idempotency_key_makes_one_entry()
    {
        var body = $$"""{"image":"{{Convert.ToBase64String(LibraryClient.Photo())}}","prompt":"p"}""";
        (string, string) key = ("Idempotency-Key", "entry-1");
        using var first = await _me.PostAsync("/v1/gallery", body, key);
        using var again = await _me.PostAsync("/v1/gallery", body, key);
        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        (await again.JsonAsync()).GetProperty("id").GetGuid().ShouldBe((await first.JsonAsync()).GetProperty("id").GetGuid());
        await _me.PostAsync("/v1/gallery", body.Replace("\"p\"", "\"q\"", StringComparison.Ordinal), key)
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await _me.EntriesAsync("/v1/gallery")).Count.ShouldBe(1);
    }
}
