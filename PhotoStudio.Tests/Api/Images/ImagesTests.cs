using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Api.Processing;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Images;

public sealed class ImagesTests : IAsyncLifetime
{
    private StudioHost _host = null!;
    private LibraryClient _me = null!;

    public async Task InitializeAsync()
    {
        _host = await StoredJobs.HostAsync(("Studio:Images:MaxZipImages", "3"));
        _me = new LibraryClient(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Pictures_are_listed_newest_first_in_pages_and_found_by_tag_and_words()
    {
        var lake = await _me.UploadedAsync(1, ("title", "Hồ Xuân Hương"), ("tags", "lake"));
        var dog = await _me.UploadedAsync(2, ("title", "A dog at the lake"), ("tags", "Dog,lake"));
        var city = await _me.UploadedAsync(3, ("title", "City"));

        (await _me.IdsAsync("/api/v1/images/")).ShouldBe([city, dog, lake]);
        var page = await _me.JsonAsync("/api/v1/images?page=2&page_size=2");
        page.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(lake);
        page.GetProperty("pagination").GetProperty("previous").GetString().ShouldNotBeNull().ShouldContain("page=1");
        (await _me.IdsAsync("/api/v1/images?tag=lake")).ShouldBe([dog, lake]);
        (await _me.IdsAsync("/api/v1/images?tag=Dog&q=lak")).ShouldBe([dog]);
        (await _me.IdsAsync("/api/v1/images?q=ho%20xuan")).ShouldBe([lake]);
        (await _me.IdsAsync("/api/v1/images?search=HUONG")).ShouldBe([lake]);
        (await _me.IdsAsync("/api/v1/images?q=%21%21")).ShouldBeEmpty();
        var beyond = await _me.JsonAsync("/api/v1/images?page=900");
        (beyond.GetProperty("data").GetArrayLength(), beyond.GetProperty("pagination").GetProperty("count").GetInt64()).ShouldBe((0, 3));
        foreach (var bad in (string[])["page=0", "page=-1", "page=x", "page_size=101", "page_size=0", "page=99999999999", "tag=" + new string('x', 51), "q=" + new string('x', 201), "page=1&page=2"])
            await _me.GetAsync($"/api/v1/images?{bad}").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");

        var tags = (await _me.JsonAsync("/api/v1/images/tags")).GetProperty("data").EnumerateArray().Select(tag => (tag.GetProperty("slug").GetString(), tag.GetProperty("count").GetInt64()));
        tags.ShouldBe([("lake", 2), ("dog", 1)]);
    }

    [Fact]
    public async Task What_is_said_is_changed_field_by_field_and_only_in_the_version_that_was_seen()
    {
        var id = await _me.UploadedAsync(1, ("title", "old"), ("description", "stays"), ("tags", "a,b"));
        using var first = await _me.GetAsync($"/api/v1/images/{id}");
        var tag = first.Headers.ETag!.ToString();
        using var known = await _me.GetAsync($"/api/v1/images/{id}", ("If-None-Match", tag));
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        var changed = (await _me.JsonAsync(HttpMethod.Put, $"/api/v1/images/{id}", """{"title":"new","tags":"c"}""", ("If-Match", tag))).GetProperty("data");
        (changed.GetProperty("title").GetString(), changed.GetProperty("description").GetString(), changed.GetProperty("version").GetInt64()).ShouldBe(("new", "stays", 1));
        changed.GetProperty("tags").EnumerateArray().ShouldHaveSingleItem().GetProperty("slug").GetString().ShouldBe("c");

        await _me.SendAsync(HttpMethod.Patch, $"/api/v1/images/{id}", Http.Json("""{"title":"lost"}"""), ("If-Match", tag))
            .ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        await _me.SendAsync(HttpMethod.Delete, $"/api/v1/images/{id}", null, ("If-Match", "\"nonsense\""))
            .ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "precondition_failed");
        var cleared = (await _me.JsonAsync(HttpMethod.Patch, $"/api/v1/images/{id}", """{"description":null}""", ("If-Match", "*"))).GetProperty("data");
        cleared.GetProperty("description").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _me.IdsAsync("/api/v1/images?q=old")).ShouldBeEmpty();
        (await _me.IdsAsync("/api/v1/images?q=new")).ShouldBe([id]);
    }

    [Fact]
    public async Task A_deleted_picture_can_be_restored_until_it_is_removed_with_its_bytes()
    {
        var image = await _me.UploadAsync(LibraryClient.Photo());
        var (id, url) = (image.GetProperty("id").GetGuid(), image.GetProperty("url").GetString()!);
        await _me.JsonAsync(HttpMethod.Delete, $"/api/v1/images/{id}", null);
        await _me.GetAsync($"/api/v1/images/{id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _me.GetAsync($"/api/v1/images/{id}/download").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await _me.IdsAsync("/api/v1/images")).ShouldBeEmpty();
        (await _me.IdsAsync("/api/v1/images/deleted")).ShouldBe([id]);
        using (var still = await _host.Client.GetAsync(url)) still.StatusCode.ShouldBe(HttpStatusCode.OK, "a URL works until the picture is removed");

        await _me.JsonAsync(HttpMethod.Post, $"/api/v1/images/{id}/restore", null);
        (await _me.IdsAsync("/api/v1/images")).ShouldBe([id]);

        using var removed = await _me.SendAsync(HttpMethod.Delete, $"/api/v1/images/{id}/permanent");
        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var gone = await _host.Client.GetAsync(url)) gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _host.BlobsAsync("images/")).ShouldBeEmpty();
        await _me.PostAsync($"/api/v1/images/{id}/restore").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Another_owner_finds_nothing_of_it_on_any_path()
    {
        var id = await _me.UploadedAsync();
        var stranger = new LibraryClient(_host);
        foreach (var (method, path) in ((HttpMethod, string)[])
        [
            (HttpMethod.Get, ""), (HttpMethod.Put, ""), (HttpMethod.Patch, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/restore"), (HttpMethod.Delete, "/permanent"),
            (HttpMethod.Get, "/download"), (HttpMethod.Get, "/sizes/thumb"), (HttpMethod.Get, "/similar"), (HttpMethod.Post, "/tags"), (HttpMethod.Post, "/tags/detect"),
            (HttpMethod.Delete, "/tags/a"), (HttpMethod.Post, "/favorite"), (HttpMethod.Delete, "/favorite"), (HttpMethod.Post, "/rate"), (HttpMethod.Delete, "/rate"),
        ])
        {
            using var response = await stranger.SendAsync(method, $"/api/v1/images/{id}{path}", method == HttpMethod.Get ? null : Http.Json("""{"rating":3,"tags":["x"]}"""));
            await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }

        await stranger.GetAsync($"/api/v1/images/zip?ids={id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await stranger.GetAsync($"/api/v1/images/public/{id}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        (await _me.JsonAsync($"/api/v1/images/{id}")).GetProperty("data").GetProperty("version").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Favourites_toggle_set_and_unset_and_ratings_are_kept()
    {
        var id = await _me.UploadedAsync();
        (await FavoriteAsync(HttpMethod.Post, null)).ShouldBeTrue();
        (await FavoriteAsync(HttpMethod.Post, null)).ShouldBeFalse();
        (await FavoriteAsync(HttpMethod.Post, """{"is_favorite":true}""")).ShouldBeTrue();
        (await FavoriteAsync(HttpMethod.Post, """{"is_favorite":true}""")).ShouldBeTrue();
        (await _me.IdsAsync("/api/v1/images?is_favorite=true")).ShouldBe([id]);
        (await FavoriteAsync(HttpMethod.Delete, null)).ShouldBeFalse();

        var rated = await _me.JsonAsync(HttpMethod.Post, $"/api/v1/images/{id}/rate", """{"rating":4,"comment":"good"}""");
        rated.GetProperty("data").GetProperty("rating").GetInt32().ShouldBe(4);
        foreach (var bad in (string[])["""{"rating":0}""", """{"rating":6}""", """{"rating":"x"}""", "{}", """{"rating":1,"comment":5}"""])
            await _me.PostAsync($"/api/v1/images/{id}/rate", bad).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        (await _me.JsonAsync($"/api/v1/images/{id}")).GetProperty("data").GetProperty("rating_comment").GetString().ShouldBe("good");

        async Task<bool> FavoriteAsync(HttpMethod method, string? json) =>
            (await _me.JsonAsync(method, $"/api/v1/images/{id}/favorite", json)).GetProperty("data").GetProperty("is_favorite").GetBoolean();
    }

    [Fact]
    public async Task Toggles_over_http_at_the_same_time_all_count()
    {
        var id = await _me.UploadedAsync();
        var responses = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => _me.PostAsync($"/api/v1/images/{id}/favorite")));
        responses.ShouldAllBe(response => response.StatusCode == HttpStatusCode.OK);
        var image = (await _me.JsonAsync($"/api/v1/images/{id}")).GetProperty("data");
        (image.GetProperty("is_favorite").GetBoolean(), image.GetProperty("version").GetInt64()).ShouldBe((true, 9));
    }

    [Fact]
    public async Task A_download_is_whole_or_in_ranges_or_a_signed_url_and_counted_once_each()
    {
        var file = LibraryClient.Photo();
        var id = (await _me.UploadAsync(file, "My photo.jpg")).GetProperty("id").GetGuid();
        var path = $"/api/v1/images/{id}/download";
        using var whole = await _me.GetAsync(path);
        (await whole.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        whole.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().Trim('"').ShouldBe("My photo.jpg");
        using var same = await _me.GetAsync(path, ("If-None-Match", whole.Headers.ETag!.ToString()));
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var part = await _me.GetAsync(path, ("Range", "bytes=10-19"));
        part.Content.Headers.ContentRange.ShouldBe(new ContentRangeHeaderValue(10, 19, file.Length));
        (await part.Content.ReadAsByteArrayAsync()).ShouldBe(file[10..20]);
        using var json = await _me.GetAsync(path, ("Accept", "application/json"));
        var url = (await json.JsonAsync()).GetProperty("data").GetProperty("url").GetString()!;
        using (var signed = await _host.Client.GetAsync(url)) (await signed.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        using (var altered = await _host.Client.GetAsync(url.Replace("signature=", "signature=A", StringComparison.Ordinal)))
            await altered.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await _me.JsonAsync($"/api/v1/images/{id}")).GetProperty("data").GetProperty("downloads").GetInt64().ShouldBe(2);

        using var small = await _me.GetAsync(path + "?w=100");
        TestFiles.Decode(await small.Content.ReadAsByteArrayAsync()).Width.ShouldBe(128, "the next width on the ladder");
        await _me.GetAsync(path + "?w=0").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _me.GetAsync(path + "?size=huge").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task Sizes_are_made_once_and_only_for_whoever_may_see_them()
    {
        var photo = TestPictures.Photo(800, 600, seed: 5);
        var image = await _me.UploadAsync(TestFiles.Encode(photo, PictureFormat.Jpeg));
        var url = image.GetProperty("sizes").GetProperty("small").GetString()!;
        using var first = await _host.Client.GetAsync(url);
        var small = TestFiles.Decode(await first.Content.ReadAsByteArrayAsync());
        (small.Width, small.Height).ShouldBe((512, 384));
        PictureAssert.Similar(small, TestFiles.Codec.Resize(photo, new ScaledSize(512, 384, FitMode.Exact)), psnr: 25);
        (await _host.BlobsAsync("images/derived")).Count.ShouldBe(2);
        using var again = await _host.Client.GetAsync(url);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);

        var id = image.GetProperty("id").GetGuid();
        await new LibraryClient(_host).GetAsync($"/api/v1/images/{id}/sizes/w64").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        await _host.Client.GetAsync(url.Replace("/small", "/medium", StringComparison.Ordinal)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await _me.GetAsync($"/api/v1/images/{id}/sizes/w65").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var own = await _me.GetAsync($"/api/v1/images/{id}/sizes/w64");
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_size_asked_for_by_many_at_once_is_stored_once()
    {
        var image = await _me.UploadAsync(LibraryClient.Photo());
        var url = image.GetProperty("sizes").GetProperty("medium").GetString()!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _host.Client.GetByteArrayAsync(url)));
        answers.ShouldAllBe(answer => answer.SequenceEqual(answers[0]));
        (await _host.BlobsAsync("images/derived")).Count(key => key.Contains("/medium.")).ShouldBe(1);
    }

    [Fact]
    public async Task Several_pictures_come_as_one_zip_file_with_names_that_differ()
    {
        var (one, two) = (LibraryClient.Photo(1), LibraryClient.Photo(2));
        var first = (await _me.UploadAsync(one, "same.jpg")).GetProperty("id").GetGuid();
        var second = (await _me.UploadAsync(two, "../SAME.jpg")).GetProperty("id").GetGuid();

        using var response = await _me.GetAsync($"/api/v1/images/zip?ids={first},{second},{first}");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        zip.Entries.Select(entry => entry.Name).ShouldBe(["same.jpg", "SAME (2).jpg"]);
        using var content = new MemoryStream();
        await (await zip.Entries[1].OpenAsync()).CopyToAsync(content);
        content.ToArray().ShouldBe(two);
        (await _me.JsonAsync($"/api/v1/images/{first}")).GetProperty("data").GetProperty("downloads").GetInt64().ShouldBe(1);

        await _me.GetAsync("/api/v1/images/zip").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _me.GetAsync("/api/v1/images/zip?ids=x").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _me.GetAsync($"/api/v1/images/zip?ids={string.Join(',', Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()))}").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        await _me.GetAsync($"/api/v1/images/zip?ids={first},{Guid.NewGuid()}").ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Pictures_that_look_alike_are_found_and_others_are_not()
    {
        var photo = TestPictures.Photo(640, 480, seed: 7);
        var original = (await _me.UploadAsync(TestFiles.Encode(photo, PictureFormat.Jpeg))).GetProperty("id").GetGuid();
        var smaller = TestFiles.Codec.Resize(photo, new ScaledSize(200, null));
        var copy = (await _me.UploadAsync(TestFiles.Encode(smaller, PictureFormat.Webp, quality: 60))).GetProperty("id").GetGuid();
        await _me.UploadedAsync(8);

        var found = (await _me.JsonAsync($"/api/v1/images/{original}/similar")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        found.GetProperty("image").GetProperty("id").GetGuid().ShouldBe(copy);
        found.GetProperty("distance").GetInt32().ShouldBeLessThan(8);
        (await _me.JsonAsync($"/api/v1/images/{original}/similar?max_distance=64")).GetProperty("data").GetArrayLength().ShouldBe(2);
        await _me.GetAsync($"/api/v1/images/{original}/similar?max_distance=65").ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task Numbers_sum_up_the_callers_pictures()
    {
        var id = await _me.UploadedAsync(1, ("tags", "a"), ("is_public", "true"));
        await _me.UploadedAsync(2);
        (await _me.GetAsync($"/api/v1/images/{id}/download")).Dispose();

        var stats = (await _me.JsonAsync("/api/v1/images/stats")).GetProperty("data");
        stats.GetProperty("total_images").GetInt64().ShouldBe(2);
        stats.GetProperty("public").GetInt64().ShouldBe(1);
        stats.GetProperty("total_downloads").GetInt64().ShouldBe(1);
        stats.GetProperty("by_content_type").GetProperty("image/jpeg").GetInt64().ShouldBe(2);
        stats.GetProperty("top_tags").EnumerateArray().ShouldHaveSingleItem().GetProperty("slug").GetString().ShouldBe("a");
    }

    [Fact]
    public async Task A_picture_is_worked_on_by_the_url_it_was_handed_out_under_and_stays_its_parent()
    {
        var image = await _me.UploadAsync(LibraryClient.Photo());
        var url = image.GetProperty("url").GetString()!;
        var job = (await _me.JsonAsync(HttpMethod.Post, "/api/v1/processing/jobs", $$"""{"job_type":"resize","width":32,"image_url":"{{url}}"}""")).GetProperty("data").GetProperty("id").GetGuid();
        var jobs = new StoredJobs(_host);
        (await jobs.ClaimAsync(job)).Inputs.ShouldHaveSingleItem().ImageId.ShouldBe(image.GetProperty("id").GetGuid());
    }
}
