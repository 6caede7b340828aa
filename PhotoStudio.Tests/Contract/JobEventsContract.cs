using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every carrier of job events does. An adapter's tests inherit it and say how to open one.</summary>
public abstract class JobEventsContract
{
    private static readonly Owner Someone = Owner.Guest("someone");

    /// <summary>The carrier under test.</summary>
    protected abstract IJobEvents Events { get; }

    [Fact]
    public async Task A_watcher_hears_what_is_published_after_it_came_in_order()
    {
        var job = Guid.CreateVersion7();
        await using var watcher = await Events.SubscribeAsync(job, default);

        var published = await PublishAsync(job, JobEventType.Queued, JobEventType.Started, JobEventType.Progress, JobEventType.Completed);

        (await TakeAsync(watcher, 4)).ShouldBe(published);
    }

    [Fact]
    public async Task Every_watcher_of_the_job_hears_it_and_no_other()
    {
        Guid job = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        await using var one = await Events.SubscribeAsync(job, default);
        await using var two = await Events.SubscribeAsync(job, default);
        await using var stranger = await Events.SubscribeAsync(other, default);

        await PublishAsync(job, JobEventType.Started);
        var theirs = await PublishAsync(other, JobEventType.Cancelled);

        (await TakeAsync(one, 1)).Single().Type.ShouldBe(JobEventType.Started);
        (await TakeAsync(two, 1)).Single().Type.ShouldBe(JobEventType.Started);
        (await TakeAsync(stranger, 1)).ShouldBe(theirs);
    }

    [Fact]
    public async Task Everything_an_event_says_arrives()
    {
        var job = Guid.CreateVersion7();
        await using var watcher = await Events.SubscribeAsync(job, default);
        JobEvent said = new(job, Someone, new EventCursor(2, 7), JobEventType.Retrying, new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero))
        {
            Progress = 0.25,
            Stage = "matting",
            PreviewKey = "processed/a/b-preview.jpg",
            Failure = new JobFailure("engine_broke", "It broke.", Transient: true),
        };

        await Events.PublishAsync(said, default);

        (await TakeAsync(watcher, 1)).Single().ShouldBe(said);
    }

    [Fact]
    public async Task What_was_published_before_is_replayed_from_the_cursor_on()
    {
        var job = Guid.CreateVersion7();
        var published = await PublishAsync(job, JobEventType.Queued, JobEventType.Started, JobEventType.Progress, JobEventType.Progress);

        await using var watcher = await Events.SubscribeAsync(job, default);

        watcher.Replay(null).ShouldBe(published);
        watcher.Replay(new EventCursor(1, 2)).ShouldBe(published[2..]);
        watcher.Replay(new EventCursor(1, 4)).ShouldBeEmpty();
        watcher.Replay(new EventCursor(2, 1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Replayed_and_live_events_together_leave_nothing_out()
    {
        var job = Guid.CreateVersion7();
        using CancellationTokenSource enough = new();
        var publishing = Task.Run(async () =>
        {
            for (var i = 1; i <= 40; i++)
            {
                await Events.PublishAsync(Event(job, new EventCursor(1, i), JobEventType.Preview), default);
                await Task.Yield();
            }
        });
        await using var watcher = await Events.SubscribeAsync(job, default);
        SortedSet<EventCursor> seen = [.. watcher.Replay(null).Select(jobEvent => jobEvent.Cursor)];

        if (!seen.Contains(new EventCursor(1, 40)))
        {
            await foreach (var jobEvent in watcher.ReadAllAsync(enough.Token))
            {
                seen.Add(jobEvent.Cursor);
                if (jobEvent.Cursor.Sequence == 40) break;
            }
        }

        await publishing;
        seen.ShouldBe(Enumerable.Range(1, 40).Select(i => new EventCursor(1, i)));
    }

    [Fact]
    public async Task Replay_goes_over_a_retry()
    {
        var job = Guid.CreateVersion7();
        await Events.PublishAsync(Event(job, new EventCursor(1, 1), JobEventType.Started), default);
        await Events.PublishAsync(Event(job, EventCursor.EndOf(1), JobEventType.Retrying), default);
        await Events.PublishAsync(Event(job, new EventCursor(2, 1), JobEventType.Started), default);

        await using var watcher = await Events.SubscribeAsync(job, default);

        watcher.Replay(new EventCursor(1, 1)).Select(jobEvent => jobEvent.Cursor).ShouldBe([EventCursor.EndOf(1), new EventCursor(2, 1)]);
    }

    [Fact]
    public async Task A_watcher_that_lags_loses_progress_first_and_never_the_end()
    {
        var job = Guid.CreateVersion7();
        await using var watcher = await Events.SubscribeAsync(job, default);
        await Events.PublishAsync(Event(job, new EventCursor(1, 1), JobEventType.Started), default);
        for (var i = 2; i <= 20_001; i++) await Events.PublishAsync(Event(job, new EventCursor(1, i), JobEventType.Progress), default);
        await Events.PublishAsync(Event(job, EventCursor.EndOf(1), JobEventType.Completed), default);

        List<JobEvent> heard = [];
        await foreach (var jobEvent in watcher.ReadAllAsync(default))
        {
            heard.Add(jobEvent);
            if (jobEvent.Type == JobEventType.Completed) break;
        }

        heard[0].Type.ShouldBe(JobEventType.Started);
        heard[^1].Type.ShouldBe(JobEventType.Completed);
        heard[^2].Cursor.ShouldBe(new EventCursor(1, 20_001), "of the progress, the latest stays");
        heard.Count.ShouldBeLessThan(20_000);
        heard.Select(jobEvent => jobEvent.Cursor).ShouldBeInOrder();
    }

    [Fact]
    public async Task Reading_ends_when_cancelled_and_when_disposed()
    {
        var job = Guid.CreateVersion7();
        await using var cancelled = await Events.SubscribeAsync(job, default);
        using CancellationTokenSource cancellation = new();
        var reading = TakeAsync(cancelled, 1, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading.SoonAsync());

        var disposed = await Events.SubscribeAsync(job, default);
        reading = TakeAsync(disposed, 1);
        await disposed.DisposeAsync();
        (await reading.SoonAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Publishing_without_a_watcher_is_fine()
    {
        await PublishAsync(Guid.CreateVersion7(), JobEventType.Started, JobEventType.Completed);
    }

    [Fact]
    public async Task Thousands_of_watchers_of_one_job_all_hear_its_end()
    {
        var job = Guid.CreateVersion7();
        var watchers = await Task.WhenAll(Enumerable.Range(0, 3000).Select(_ => Events.SubscribeAsync(job, default)));
        var readings = watchers.Select(watcher => TakeAsync(watcher, 2)).ToList();

        await PublishAsync(job, JobEventType.Started, JobEventType.Completed);

        (await Task.WhenAll(readings).SoonAsync()).ShouldAllBe(heard => heard[1].Type == JobEventType.Completed);
        foreach (var watcher in watchers) await watcher.DisposeAsync();
    }

    protected static JobEvent Event(Guid job, EventCursor cursor, JobEventType type) =>
        new(job, Someone, cursor, type, new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    protected async Task<JobEvent[]> PublishAsync(Guid job, params JobEventType[] types)
    {
        var events = types.Select((type, i) => Event(job, new EventCursor(1, i + 1), type)).ToArray();
        foreach (var jobEvent in events) await Events.PublishAsync(jobEvent, default);
        return events;
    }

    protected static async Task<IReadOnlyList<JobEvent>> TakeAsync(IJobSubscription watcher, int count, CancellationToken cancellationToken = default)
    {
        List<JobEvent> heard = [];
        await foreach (var jobEvent in watcher.ReadAllAsync(cancellationToken))
        {
            heard.Add(jobEvent);
            if (heard.Count == count) break;
        }

        return heard;
    }
}
