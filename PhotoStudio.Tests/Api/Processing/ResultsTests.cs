using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Processing;

public sealed class ResultsTests : IAsyncLifetime
{
    private readonly string _guest = StoredJobs.NewGuest();
    private StudioHost _host = null!;
    private StoredJobs _jobs = null!;

    public async Task InitializeAsync()
    {
        _host = await StoredJobs.HostAsync();
        _jobs = new StoredJobs(_host);
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Results_are_listed_with_what_made_them_and_filtered_by_operation_and_job()
    {
        var (jobId, _, resultId) = await _jobs.CompletedAsync(_guest);
        await _jobs.CompletedAsync(_guest);
        var all = await JsonAsync("/api/v1/processing/results/?page_size=1");
        all.GetProperty("pagination").GetProperty("count").GetInt64().ShouldBe(2);
        var one = await JsonAsync($"/api/v1/processing/results?job_id={jobId}&operation=resize");
        var result = one.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        result.GetProperty("id").GetGuid().ShouldBe(resultId);
        result.GetProperty("job_id").GetGuid().ShouldBe(jobId);
        result.GetProperty("operation").GetString().ShouldBe("resize");
        result.GetProperty("parameters").GetProperty("width").GetInt32().ShouldBe(64);
        result.GetProperty("metadata").GetProperty("seed").GetInt64().ShouldBe(7);
        result.GetProperty("source_ids").GetArrayLength().ShouldBe(1);
        (await JsonAsync("/api/v1/processing/results?operation=remove-background")).GetProperty("data").GetArrayLength().ShouldBe(0);

        using var bad = await GetAsync("/api/v1/processing/results?job_id=7&page=x");
        (await bad.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["job_id", "page"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_download_has_the_bytes_and_is_counted()
    {
        var (_, file, id) = await _jobs.CompletedAsync(_guest);
        using var response = await GetAsync($"/api/v1/processing/results/{id}/download");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName.ShouldNotBeNull().ShouldEndWith(".png");
        (await DownloadsAsync(id)).ShouldBe(1);

        using var json = await GetAsync($"/api/v1/processing/results/{id}/download", ("Accept", "application/json"));
        var url = (await json.JsonAsync()).GetProperty("data").GetProperty("url").GetString()!;
        (await DownloadsAsync(id)).ShouldBe(2);
        using var signed = await _host.Client.GetAsync(url);
        (await signed.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        signed.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [Fact]
    public async Task A_download_the_caller_has_already_is_a_304_and_not_counted()
    {
        var (_, _, id) = await _jobs.CompletedAsync(_guest);
        using var first = await GetAsync($"/api/v1/processing/results/{id}/download");
        using var second = await GetAsync($"/api/v1/processing/results/{id}/download", ("If-None-Match", first.Headers.ETag!.ToString()));
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        (await DownloadsAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_download_in_ranges_is_counted_once()
    {
        var (_, file, id) = await _jobs.CompletedAsync(_guest);
        using var start = await GetAsync($"/api/v1/processing/results/{id}/download", ("Range", "bytes=0-9"));
        start.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        start.Content.Headers.ContentRange.ShouldBe(new ContentRangeHeaderValue(0, 9, file.Length));
        (await start.Content.ReadAsByteArrayAsync()).ShouldBe(file[..10]);
        using var rest = await GetAsync($"/api/v1/processing/results/{id}/download", ("Range", "bytes=10-"), ("If-Range", start.Headers.ETag!.ToString()));
        (await rest.Content.ReadAsByteArrayAsync()).ShouldBe(file[10..]);
        using var beyond = await GetAsync($"/api/v1/processing/results/{id}/download", ("Range", $"bytes={file.Length}-"));
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        (await DownloadsAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_head_request_tells_the_size_and_is_not_counted()
    {
        var (_, file, id) = await _jobs.CompletedAsync(_guest);
        using var head = await _host.Client.SendAsync(HttpMethod.Head, $"/api/v1/processing/results/{id}/download", null, ("X-Guest-Id", _guest));
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(file.Length);
        (await DownloadsAsync(id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_detail_that_has_not_changed_is_a_304_until_it_is_downloaded()
    {
        var (_, _, id) = await _jobs.CompletedAsync(_guest);
        using var first = await GetAsync($"/api/v1/processing/results/{id}");
        var tag = first.Headers.ETag!.ToString();
        using var same = await GetAsync($"/api/v1/processing/results/{id}/", ("If-None-Match", tag));
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await GetAsync($"/api/v1/processing/results/{id}/download")).Dispose();
        using var changed = await GetAsync($"/api/v1/processing/results/{id}", ("If-None-Match", tag));
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<long> DownloadsAsync(Guid id) =>
        (await JsonAsync($"/api/v1/processing/results/{id}")).GetProperty("data").GetProperty("downloads").GetInt64();

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        _host.Client.GetAsync(path, [("X-Guest-Id", _guest), .. headers]);

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var response = await GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }
}
