using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Events.Redis;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace PhotoStudio.Tests.Backings.Events.Redis;

public sealed class RedisJobEventsTests : JobEventsContract, IAsyncLifetime
{
    private RedisServer _server = null!;
    private RedisLink _link = null!;
    private RedisJobEvents _events = null!;

    protected override IJobEvents Events => _events;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.SharedAsync();
        _link = _server.Open();
        _events = Open(_link);
    }

    public async Task DisposeAsync() => await _link.DisposeAsync();

    [Fact]
    public async Task What_one_process_publishes_another_hears_and_replays()
    {
        await using var otherLink = _server.Open(_link.Options.Prefix);
        var there = Open(otherLink);
        var job = Guid.CreateVersion7();
        var before = await PublishAsync(job, JobEventType.Queued, JobEventType.Started);
        await using var watcher = await there.SubscribeAsync(job, default);

        var live = Event(job, new EventCursor(1, 3), JobEventType.Progress);
        await Events.PublishAsync(live, default);

        watcher.Replay(null).ShouldBe(before);
        (await TakeAsync(watcher, 1)).ShouldBe([live]);
    }

    [Fact]
    public async Task No_event_is_both_replayed_and_live()
    {
        for (var round = 0; round < 20; round++)
        {
            var job = Guid.CreateVersion7();
            var publishing = Task.Run(async () =>
            {
                for (var i = 1; i <= 20; i++) await Events.PublishAsync(Event(job, new EventCursor(1, i), JobEventType.Preview), default);
            });
            await using var watcher = await Events.SubscribeAsync(job, default);
            var replayed = watcher.Replay(null).Select(jobEvent => jobEvent.Cursor.Sequence).ToList();
            var live = await TakeAsync(watcher, 20 - replayed.Count);
            await publishing;

            replayed.Concat(live.Select(jobEvent => jobEvent.Cursor.Sequence)).ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));
            if (replayed.Count is > 0 and < 20) return;
        }
    }

    [Fact]
    public async Task Of_a_job_the_latest_events_are_remembered_and_not_for_ever()
    {
        var job = Guid.CreateVersion7();
        for (var i = 1; i <= 100; i++) await Events.PublishAsync(Event(job, new EventCursor(1, i), JobEventType.Progress), default);

        await using var watcher = await Events.SubscribeAsync(job, default);

        watcher.Replay(null).Select(jobEvent => jobEvent.Cursor.Sequence).ShouldBe(Enumerable.Range(37, 64).Select(i => (long)i));
        var left = (long)await _link.RunAsync("PTTL", [(RedisKey)_link.Options.Key($"events:{job:N}")], default);
        left.ShouldBeInRange(1, (long)TimeSpan.FromMinutes(10).TotalMilliseconds);
    }

    [Fact]
    public async Task While_Redis_is_away_a_process_tells_its_own_watchers_and_all_of_them_when_it_is_back()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = server.Open("t", TimeSpan.FromSeconds(2));
        var events = Open(link);
        var job = Guid.CreateVersion7();
        await using var early = await events.SubscribeAsync(job, default);
        await server.StopAsync();

        await using var late = await events.SubscribeAsync(job, default);
        var alone = Event(job, new EventCursor(1, 1), JobEventType.Started);
        await events.PublishAsync(alone, default);
        (await TakeAsync(early, 1)).ShouldBe([alone]);
        (await TakeAsync(late, 1)).ShouldBe([alone]);

        await server.StartAgainAsync();
        await using var otherLink = server.Open("t");
        var there = Open(otherLink);
        using CancellationTokenSource heard = new();
        var reading = TakeAsync(early, 1);
        for (var i = 2; !reading.IsCompleted; i++)
        {
            await there.PublishAsync(Event(job, new EventCursor(1, i), JobEventType.Progress), default);
            await Task.WhenAny(reading, Task.Delay(50));
            i.ShouldBeLessThan(1000);
        }

        (await reading).ShouldHaveSingleItem().Type.ShouldBe(JobEventType.Progress);
    }

    [Fact]
    public async Task What_is_no_event_is_passed_over()
    {
        var job = Guid.CreateVersion7();
        await using var watcher = await Events.SubscribeAsync(job, default);
        foreach (var text in new[] { "", "nonsense", $"{job:N} 1-1 nonsense", $"{job:N} 1-1 {{}}", $"{job:N} 1 {{}}" })
            await _link.RunAsync("PUBLISH", [_link.Options.Key("events"), text], default);

        var said = await PublishAsync(job, JobEventType.Completed);

        (await TakeAsync(watcher, 1)).ShouldBe(said);
    }

    private static RedisJobEvents Open(RedisLink link) =>
        new(link, Options.Create(new RedisEventsOptions { EventsPerWatcher = 64 }), NullLogger<RedisJobEvents>.Instance);
}
