using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Events.InProcess;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Events.InProcess;

public sealed class InProcessJobEventsTests : JobEventsContract
{
    private readonly ManualTimeProvider _time = new();
    private readonly InProcessJobEvents _events;

    public InProcessJobEventsTests() => _events = new InProcessJobEvents(
        Options.Create(new InProcessEventsOptions { Jobs = 10, EventsPerJob = 64, RememberFor = TimeSpan.FromMinutes(10), EventsPerWatcher = 64 }),
        _time);

    protected override IJobEvents Events => _events;

    [Fact]
    public async Task Of_a_job_the_latest_events_are_remembered()
    {
        var job = Guid.CreateVersion7();
        for (var i = 1; i <= 100; i++) await Events.PublishAsync(Event(job, new EventCursor(1, i), JobEventType.Progress), default);

        await using var watcher = await Events.SubscribeAsync(job, default);

        watcher.Replay(null).Select(jobEvent => jobEvent.Cursor.Sequence).ShouldBe(Enumerable.Range(37, 64).Select(i => (long)i));
    }

    [Fact]
    public async Task Jobs_that_were_silent_longest_are_forgotten_first()
    {
        var jobs = Enumerable.Range(0, 15).Select(_ => Guid.CreateVersion7()).ToList();
        await PublishAsync(jobs[0], JobEventType.Started);
        foreach (var job in jobs.Skip(1))
        {
            await PublishAsync(job, JobEventType.Started);
            await PublishAsync(jobs[0], JobEventType.Progress);
        }

        _events.Topics.ShouldBe(10);
        (await ReplayAsync(jobs[0])).ShouldNotBeEmpty();
        (await ReplayAsync(jobs[1])).ShouldBeEmpty();
        (await ReplayAsync(jobs[14])).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_job_that_is_watched_is_not_forgotten()
    {
        var job = Guid.CreateVersion7();
        await PublishAsync(job, JobEventType.Started);
        await using var watcher = await Events.SubscribeAsync(job, default);
        for (var i = 0; i < 50; i++) await PublishAsync(Guid.CreateVersion7(), JobEventType.Started);
        _time.Advance(TimeSpan.FromHours(1));
        await PublishAsync(Guid.CreateVersion7(), JobEventType.Started);

        await PublishAsync(job, JobEventType.Completed);

        (await TakeAsync(watcher, 1)).Single().Type.ShouldBe(JobEventType.Completed);
    }

    [Fact]
    public async Task Events_are_forgotten_some_time_after_the_latest()
    {
        var job = Guid.CreateVersion7();
        await PublishAsync(job, JobEventType.Completed);
        _time.Advance(TimeSpan.FromMinutes(9));
        (await ReplayAsync(job)).ShouldNotBeEmpty();

        _time.Advance(TimeSpan.FromMinutes(1));
        (await ReplayAsync(job)).ShouldBeEmpty();
        _events.Topics.ShouldBe(0);
    }

    [Fact]
    public async Task Watching_a_job_that_never_speaks_leaves_nothing_behind()
    {
        for (var i = 0; i < 100; i++) await (await Events.SubscribeAsync(Guid.CreateVersion7(), default)).DisposeAsync();
        _events.Topics.ShouldBe(0);
    }

    private async Task<IReadOnlyList<JobEvent>> ReplayAsync(Guid job)
    {
        await using var watcher = await Events.SubscribeAsync(job, default);
        return watcher.Replay(null);
    }
}
