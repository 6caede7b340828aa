using System.Net;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Events;

public sealed class OwnerEventsTests : IAsyncLifetime
{
    private static readonly byte[] Picture = TestFiles.Encode(TestPictures.Gradient(8, 8), PictureFormat.Png);
    private readonly StudioHost _studio = new() { Settings = { ["Studio:EventStreams:PingInterval"] = "00:00:00.200" } };

    public Task InitializeAsync() => _studio.InitializeAsync();

    public Task DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task A_stream_tells_of_all_of_the_callers_jobs_and_of_nobody_elses()
    {
        var (ana, ben) = (await _studio.RegisterAsync(), await _studio.RegisterAsync());
        await using var stream = await EventStream.OpenAsync(_studio.Client, "/api/v1/events", ana.Auth);
        (await stream.NextAsync("snapshot")).Data.GetProperty("jobs").GetArrayLength().ShouldBe(0);

        var bens = await RunAsync(ben);
        Guid[] anas = [await RunAsync(ana), await RunAsync(ana)];

        var ended = new List<Guid>();
        while (ended.Count < 2)
        {
            var told = (await stream.NextAsync()).ShouldNotBeNull();
            var job = told.Data.GetProperty("job_id").GetGuid();
            job.ShouldNotBe(bens);
            anas.ShouldContain(job);
            if (told.Type == "completed") ended.Add(job);
        }

        ended.ShouldBe(anas);
        var next = stream.NextAsync();
        await Eventually.BecomesTrueAsync(() => stream.Raw.Contains(": ping", StringComparison.Ordinal), "a silent stream is kept open");
        await RunAsync(ana);
        (await next).ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_comes_back_is_told_what_ended_since()
    {
        var ana = await _studio.RegisterAsync();
        string id;
        await using (var stream = await EventStream.OpenAsync(_studio.Client, "/api/v1/events", ana.Auth)) id = (await stream.NextAsync("snapshot")).Id!;
        var job = await RunAsync(ana);

        await using var again = await EventStream.OpenAsync(_studio.Client, "/api/v1/events", ana.Auth, ("Last-Event-ID", id));

        var missed = (await again.NextAsync("snapshot")).Data.GetProperty("jobs").EnumerateArray().Single();
        (missed.GetProperty("job_id").GetGuid(), missed.GetProperty("status").GetString()).ShouldBe((job, "completed"));
        using var faulty = await _studio.Client.GetAsync("/api/v1/events", ana.Auth, ("Last-Event-ID", "yesterday"));
        await faulty.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    private async Task<Guid> RunAsync(Person person)
    {
        using var body = Http.Raw(Picture);
        using var response = await _studio.Client.PostAsync("/api/v1/operations/resize?width=4", body, person.Auth, ("Accept", "application/json"));
        return (await response.JsonAsync()).GetProperty("id").GetGuid();
    }
}
