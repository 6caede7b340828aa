using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Api.Processing;

public sealed class JobEventsTests : IAsyncLifetime
{
    private readonly string _guest = StoredJobs.NewGuest();
    private StudioHost _host = null!;
    private StoredJobs _jobs = null!;

    public Task InitializeAsync() => StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_watcher_gets_the_snapshot_then_every_event_in_order_and_the_end_from_the_store()
    {
        var id = await SubmitAsync();
        await using var stream = await WatchAsync(id);
        stream.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        var snapshot = await stream.NextAsync("snapshot");
        snapshot.Id.ShouldBeNullOrEmpty();
        snapshot.Data.GetProperty("status").GetString().ShouldBe("pending");
        snapshot.Data.GetProperty("queue").GetProperty("position").GetInt32().ShouldBe(1);

        var job = await _jobs.ClaimAsync(id);
        (await stream.NextAsync("started")).Id.ShouldBe("1.1");
        await _jobs.ProgressAsync(job, 2, 0.25, "finding the subject");
        var progress = await stream.NextAsync("progress");
        progress.Id.ShouldBe("1.2");
        progress.Data.GetProperty("progress").GetDouble().ShouldBe(0.25);
        progress.Data.GetProperty("stage").GetString().ShouldBe("finding the subject");
        progress.Data.GetProperty("status").GetString().ShouldBe("processing");
        progress.Data.GetProperty("attempt").GetInt32().ShouldBe(1);
        await _jobs.ProgressAsync(job, 3, 0.5);
        (await stream.NextAsync("progress")).Id.ShouldBe("1.3");

        var (file, resultId) = await _jobs.CompleteAsync(job);
        var end = await stream.NextAsync("completed");
        end.Data.GetProperty("progress").GetDouble().ShouldBe(1);
        end.Data.GetProperty("results")[0].GetProperty("id").GetGuid().ShouldBe(resultId);
        (await _host.Client.GetByteArrayAsync(end.Data.GetProperty("url").GetString())).ShouldBe(file);
        (await stream.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_watcher_that_comes_back_is_told_what_it_missed_and_nothing_twice()
    {
        var id = await SubmitAsync();
        var job = await _jobs.ClaimAsync(id);
        for (var i = 2; i <= 5; i++) await _jobs.ProgressAsync(job, i, i / 10.0);

        // Another watcher keeps the subscription open, so that what it heard has to be replayed as well.
        await using var other = await WatchAsync(id);
        await other.NextAsync("snapshot");
        await _jobs.ProgressAsync(job, 6, 0.6);
        (await other.NextAsync("progress")).Id.ShouldBe("1.6");

        await using var stream = await WatchAsync(id, ("Last-Event-ID", "1.3"));
        await stream.NextAsync("snapshot");
        foreach (var expected in (string[])["1.4", "1.5", "1.6"]) (await stream.NextAsync("progress")).Id.ShouldBe(expected);
        await _jobs.ProgressAsync(job, 7, 0.7);
        (await stream.NextAsync("progress")).Id.ShouldBe("1.7");
        await _jobs.CompleteAsync(job);
        await stream.NextAsync("completed");

        await using var byQuery = await EventStream.OpenAsync(_host.Client, $"{PathOf(id)}?last_event_id=1.6", ("X-Guest-Id", _guest));
        (await byQuery.RestAsync()).Select(told => told.Type).ShouldBe(["snapshot", "progress", "completed"]);
    }

    [Fact]
    public async Task A_watcher_that_comes_late_gets_the_snapshot_and_the_end()
    {
        var (id, _, _) = await _jobs.CompletedAsync(_guest);
        await using var stream = await WatchAsync(id);
        (await stream.RestAsync()).Select(told => told.Type).ShouldBe(["snapshot", "completed"]);
    }

    [Fact]
    public async Task A_client_that_has_the_end_is_told_not_to_come_back()
    {
        var (id, _, _) = await _jobs.CompletedAsync(_guest);
        await using var stream = await WatchAsync(id);
        var last = (await stream.RestAsync())[^1].Id!;
        using var response = await _host.Client.GetAsync(PathOf(id), ("X-Guest-Id", _guest), ("Last-Event-ID", last));
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_job_that_is_called_off_between_two_attempts_ends_the_stream_of_a_client_that_saw_the_retry()
    {
        var id = await SubmitAsync();
        var job = await _jobs.ClaimAsync(id);
        await Store.FailAsync(id, job.Attempt, new JobFailure("broken", "It broke.", Transient: true), CancellationToken.None);
        await _jobs.PublishAsync(job, EventCursor.EndOf(1).Sequence, JobEventType.Retrying);
        (await _host.Client.PostAsync($"/api/v1/processing/jobs/{id}/cancel", new ByteArrayContent([]), ("X-Guest-Id", _guest))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var stream = await WatchAsync(id, ("Last-Event-ID", EventCursor.EndOf(1).ToString()));
        (await stream.RestAsync()).Select(told => told.Type).ShouldBe(["snapshot", "cancelled"]);
    }

    [Fact]
    public async Task A_failed_job_ends_with_its_reason()
    {
        var id = await SubmitAsync();
        await using var stream = await WatchAsync(id);
        await stream.NextAsync("snapshot");
        var job = await _jobs.ClaimAsync(id);
        await stream.NextAsync("started");
        await Store.FailAsync(id, job.Attempt, new JobFailure("undecodable_picture", "The picture is damaged."), CancellationToken.None);
        await _jobs.PublishAsync(job, EventCursor.EndOf(1).Sequence, JobEventType.Failed);
        var end = await stream.NextAsync("failed");
        end.Data.GetProperty("error").GetProperty("code").GetString().ShouldBe("undecodable_picture");
        (await stream.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_silent_stream_pings_and_finds_an_end_that_nobody_told()
    {
        await RestartAsync(("Studio:EventStreams:PingInterval", "00:00:00.100"));
        var id = await SubmitAsync();
        await using var stream = await WatchAsync(id);
        await stream.NextAsync("snapshot");
        var next = stream.NextAsync("completed");
        await Eventually.BecomesTrueAsync(() => stream.Raw.Contains(": ping\n\n", StringComparison.Ordinal), "a ping comes");

        var job = (await Store.TryClaimAsync(id, "test", TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldNotBeNull();
        await _jobs.CompleteAsync(job, tell: false);
        await next;
    }

    [Fact]
    public async Task A_stream_that_was_open_long_enough_closes_and_asks_the_client_back()
    {
        await RestartAsync(("Studio:EventStreams:MaxDuration", "00:00:00.300"), ("Studio:EventStreams:ReconnectAfter", "00:00:02"));
        await using var stream = await WatchAsync(await SubmitAsync());
        (await stream.RestAsync()).Select(told => told.Type).ShouldBe(["snapshot"]);
        stream.Parser.ReconnectionInterval.ShouldBe(TimeSpan.FromSeconds(2));
        await Eventually.BecomesTrueAsync(() => Hub.Watchers == 0, "the watcher is gone");
    }

    [Fact]
    public async Task Many_watchers_share_one_subscription_and_a_client_that_disconnects_leaves_nothing_behind()
    {
        var id = await SubmitAsync();
        var streams = new List<EventStream>();
        for (var i = 0; i < 5; i++)
        {
            streams.Add(await WatchAsync(id));
            await streams[^1].NextAsync("snapshot");
        }

        (Hub.Watchers, Hub.Upstreams).ShouldBe((5, 1));
        foreach (var stream in streams[1..]) await stream.DisposeAsync();
        await Eventually.BecomesTrueAsync(() => Hub.Watchers == 1, "four of five watchers are gone");
        Hub.Upstreams.ShouldBe(1);

        var job = await _jobs.ClaimAsync(id);
        (await streams[0].NextAsync("started")).Id.ShouldBe("1.1");
        await _jobs.ProgressAsync(job, 2, 0.5);
        await streams[0].NextAsync("progress");
        await streams[0].DisposeAsync();
        await Eventually.BecomesTrueAsync(() => Hub is { Watchers: 0, Upstreams: 0 }, "nobody watches");
    }

    [Fact]
    public async Task A_watcher_more_than_there_is_room_for_is_asked_to_come_back()
    {
        await RestartAsync(("Studio:EventStreams:MaxWatchers", "1"));
        var id = await SubmitAsync();
        await using var stream = await WatchAsync(id);
        await stream.NextAsync("snapshot");
        using var response = await _host.Client.GetAsync(PathOf(id), ("X-Guest-Id", _guest));
        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "busy");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task The_signed_url_needs_no_headers_and_neither_an_altered_nor_an_expired_one_works()
    {
        var job = await _jobs.SubmitAsync(_guest);
        var url = job.GetProperty("events_url").GetString()!;
        await using var stream = await EventStream.OpenAsync(_host.Client, url);
        (await stream.NextAsync("snapshot")).Data.GetProperty("job_id").GetGuid().ShouldBe(job.GetProperty("id").GetGuid());

        var other = (await SubmitAsync()).ToString();
        var path = PathOf(job.GetProperty("id").GetGuid());
        string[] bad =
        [
            url[..^2] + "xx",
            url.Replace(job.GetProperty("id").GetString()!, other, StringComparison.Ordinal),
            _host.Provider.GetRequiredService<IUrlSigner>().Sign(path, TimeSpan.FromSeconds(-1)),
        ];
        foreach (var refused in bad)
        {
            using var response = await _host.Client.GetAsync(refused);
            await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Fact]
    public async Task An_id_that_is_none_is_refused()
    {
        using var response = await _host.Client.GetAsync(PathOf(await SubmitAsync()), ("X-Guest-Id", _guest), ("Last-Event-ID", "yesterday"));
        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation_failed")).FaultyFields().ShouldBe(["Last-Event-ID"]);
    }

    [Fact]
    public async Task Streams_end_when_the_studio_stops()
    {
        var id = await SubmitAsync();
        await using var stream = await WatchAsync(id);
        await stream.NextAsync("snapshot");
        await _host.StopAsync().SoonAsync();
        (await stream.NextAsync()).ShouldBeNull();
    }

    private JobWatchHub Hub => _host.Provider.GetRequiredService<JobWatchHub>();

    private IJobStore Store => _host.Provider.GetRequiredService<IJobStore>();

    private static string PathOf(Guid id) => $"/api/v1/processing/jobs/{id}/events";

    private async Task StartAsync(params (string Key, string Value)[] settings)
    {
        _host = await StoredJobs.HostAsync(settings);
        _jobs = new StoredJobs(_host);
    }

    private async Task RestartAsync(params (string Key, string Value)[] settings)
    {
        await _host.DisposeAsync();
        await StartAsync(settings);
    }

    private async Task<Guid> SubmitAsync() => (await _jobs.SubmitAsync(_guest)).GetProperty("id").GetGuid();

    private Task<EventStream> WatchAsync(Guid id, params (string Name, string Value)[] headers) =>
        EventStream.OpenAsync(_host.Client, PathOf(id), [("X-Guest-Id", _guest), .. headers]);
}
