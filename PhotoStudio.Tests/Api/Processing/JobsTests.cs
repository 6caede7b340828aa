using System.Net;
using System.Text.Json;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Processing;

public sealed class JobsTests : IAsyncLifetime
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
    public async Task A_job_is_accepted_with_202_where_it_is_and_a_signed_url_of_its_events()
    {
        using var response = await _host.Client.PostAsync(
            "/api/v1/processing/jobs/",
            Http.Form(TestFiles.Encode(TestPictures.Gradient(40, 30), PictureFormat.Png), fields: [("job_type", "resize"), ("width", "20")]),
            ("X-Guest-Id", _guest));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var body = await response.JsonAsync();
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        body.GetProperty("message").GetString().ShouldBe("The job waits for a worker.");
        var job = body.GetProperty("data");
        job.GetProperty("status").GetString().ShouldBe("pending");
        job.GetProperty("operation").GetString().ShouldBe("resize");
        job.GetProperty("job_type").GetString().ShouldBe("resize");
        job.GetProperty("parameters").GetProperty("width").GetInt32().ShouldBe(20);
        job.GetProperty("queue").GetProperty("position").GetInt32().ShouldBe(1);
        job.GetProperty("events_url").GetString()!.ShouldContain("signature=");
        response.Headers.Location!.ToString().ShouldBe($"/api/v1/processing/jobs/{job.GetProperty("id").GetGuid()}");
        (await GetAsync(response.Headers.Location.ToString())).GetProperty("data").GetProperty("id").GetGuid().ShouldBe(job.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Parameters_may_stand_under_parameters_and_a_picture_may_be_named_by_its_id()
    {
        var first = await _jobs.SubmitAsync(_guest);
        var (jobId, _, resultId) = await _jobs.CompletedAsync(_guest);
        jobId.ShouldNotBe(first.GetProperty("id").GetGuid());
        using var response = await _host.Client.PostAsync(
            "/api/v1/processing/jobs",
            Http.Json($$"""{"job_type":"resize","parameters":{"height":16,"mode":"fit"},"image_id":"{{resultId}}"}"""),
            ("X-Guest-Id", _guest));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        (await response.JsonAsync()).GetProperty("data").GetProperty("parameters").GetProperty("height").GetInt32().ShouldBe(16);
    }

    [Theory]
    [InlineData("""{"job_type":"fly","image":"x"}""", "job_type")]
    [InlineData("""{"image_id":"0199f0aa-7c1e-7d3a-9b52-1f6d0c2e4a77"}""", "job_type")]
    public async Task A_job_type_that_is_missing_or_unknown_is_refused_with_the_known_ones(string body, string field)
    {
        using var response = await _host.Client.PostAsync("/api/v1/processing/jobs", Http.Json(body));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.Fault(field).ShouldContain("remove-background");
        problem.Fault(field).ShouldContain("resize");
    }

    [Fact]
    public async Task Fields_of_other_kinds_of_job_are_passed_over_and_typos_are_not()
    {
        await _jobs.SubmitAsync(_guest, parameters: """ "width":64,"prompt":"a cat","style_id":null,"quality":"high","background":"auto","size":"auto","stream":true """);

        using var response = await _host.Client.PostAsync(
            "/api/v1/processing/jobs", Http.Json("""{"job_type":"resize","widht":64,"height":-3}"""), ("X-Guest-Id", _guest));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["height", "image", "widht"], ignoreOrder: true);
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_in_pages_that_link_to_each_other()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add((await _jobs.SubmitAsync(_guest)).GetProperty("id").GetGuid());
        ids.Reverse();

        foreach (var path in (string[])["/api/v1/processing/jobs/list", "/api/v1/processing/jobs/list/", "/api/v1/processing/jobs"])
        {
            var first = await GetAsync($"{path}?page_size=2");
            Ids(first.GetProperty("data")).ShouldBe(ids[..2]);
            var pagination = first.GetProperty("pagination");
            pagination.GetProperty("count").GetInt64().ShouldBe(5);
            pagination.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
            Ids(pagination.GetProperty("results")).ShouldBe(ids[..2]);

            var second = await GetAsync(pagination.GetProperty("next").GetString()!);
            Ids(second.GetProperty("data")).ShouldBe(ids[2..4]);
            var third = await GetAsync(second.GetProperty("pagination").GetProperty("next").GetString()!);
            Ids(third.GetProperty("data")).ShouldBe(ids[4..]);
            third.GetProperty("pagination").GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
            Ids((await GetAsync(third.GetProperty("pagination").GetProperty("previous").GetString()!)).GetProperty("data")).ShouldBe(ids[2..4]);

            var beyond = await GetAsync($"{path}?page_size=2&page=900");
            beyond.GetProperty("data").GetArrayLength().ShouldBe(0);
            Ids((await GetAsync(beyond.GetProperty("pagination").GetProperty("previous").GetString()!)).GetProperty("data")).ShouldBe(ids[4..]);
        }
    }

    [Fact]
    public async Task Jobs_are_filtered_by_status_and_operation()
    {
        var (done, _, _) = await _jobs.CompletedAsync(_guest);
        var cutout = (await _jobs.SubmitAsync(_guest, "remove_background", "")).GetProperty("id").GetGuid();
        Ids((await GetAsync("/api/v1/processing/jobs/list?status=completed")).GetProperty("data")).ShouldBe([done]);
        Ids((await GetAsync("/api/v1/processing/jobs/list?operation=remove-background")).GetProperty("data")).ShouldBe([cutout]);
        Ids((await GetAsync("/api/v1/processing/jobs/list?job_type=resize&status=pending")).GetProperty("data")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_fault_of_a_list_query_is_reported_at_once()
    {
        using var response = await _host.Client.GetAsync("/api/v1/processing/jobs/list?page=0&page_size=101&status=lost&operation=fly", ("X-Guest-Id", _guest));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
        problem.FaultyFields().ShouldBe(["operation", "page", "page_size", "status"], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_owner_finds_nothing()
    {
        var (job, _, result) = await _jobs.CompletedAsync(_guest);
        var stranger = ("X-Guest-Id", StoredJobs.NewGuest());
        foreach (var path in (string[])[$"jobs/{job}", $"jobs/{job}/events", $"results/{result}", $"results/{result}/download"])
        {
            using var response = await _host.Client.GetAsync($"/api/v1/processing/{path}", stranger);
            await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        }

        using var cancel = await _host.Client.PostAsync($"/api/v1/processing/jobs/{job}/cancel", new ByteArrayContent([]), stranger);
        await cancel.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var list = await _host.Client.GetAsync("/api/v1/processing/results", stranger);
        (await list.JsonAsync()).GetProperty("pagination").GetProperty("count").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_job_can_be_called_off_and_called_off_again()
    {
        var id = (await _jobs.SubmitAsync(_guest)).GetProperty("id").GetGuid();
        for (var i = 0; i < 2; i++)
        {
            using var response = await CancelAsync(id);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await response.JsonAsync()).GetProperty("data").GetProperty("status").GetString().ShouldBe("cancelled");
        }
    }

    [Fact]
    public async Task A_job_that_is_done_cannot_be_called_off()
    {
        var (id, _, _) = await _jobs.CompletedAsync(_guest);
        using var response = await CancelAsync(id);
        await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "conflict");
        response.Headers.Location!.ToString().ShouldBe($"/api/v1/processing/jobs/{id}");
    }

    [Fact]
    public async Task The_detail_of_a_job_that_has_ended_has_an_entity_tag()
    {
        var (id, _, resultId) = await _jobs.CompletedAsync(_guest);
        using var first = await _host.Client.GetAsync($"/api/v1/processing/jobs/{id}", ("X-Guest-Id", _guest));
        var job = (await first.JsonAsync()).GetProperty("data");
        job.GetProperty("results")[0].GetProperty("id").GetGuid().ShouldBe(resultId);
        job.GetProperty("metadata").GetProperty("engine").GetString().ShouldBe("builtin-resize");

        using var second = await _host.Client.GetAsync($"/api/v1/processing/jobs/{id}", ("X-Guest-Id", _guest), ("If-None-Match", first.Headers.ETag!.ToString()));
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private static List<Guid> Ids(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private Task<HttpResponseMessage> CancelAsync(Guid id) =>
        _host.Client.PostAsync($"/api/v1/processing/jobs/{id}/cancel", new ByteArrayContent([]), ("X-Guest-Id", _guest));

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _host.Client.GetAsync(path, ("X-Guest-Id", _guest));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }
}
