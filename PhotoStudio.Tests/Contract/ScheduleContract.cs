using PhotoStudio.Core.Scheduling;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="ISchedule"/> does.</summary>
public abstract class ScheduleContract : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TaskOutcome Done = new(true, "3 things done.", 12.5);
    private readonly Work _work = new("a-task", TimeSpan.FromHours(1));
    private StudioStores _stores = null!;

    private ISchedule Schedule => _stores.Store<ISchedule>();

    public async Task InitializeAsync()
    {
        _stores = await OpenAsync();
        await Schedule.EnsureAsync([_work], default);
    }

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task Of_many_processes_one_leads_and_what_came_of_it_is_seen()
    {
        (await Schedule.DueAsync([_work], default)).ShouldBe(["a-task"]);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Schedule.TryBeginAsync(_work, $"process {i}", Lease, default))));

        var token = tokens.OfType<long>().ShouldHaveSingleItem();
        (await Schedule.DueAsync([_work], default)).ShouldBeEmpty();
        (await Schedule.ListAsync(default)).Single().Holder.ShouldNotBeNull();
        (await Schedule.FinishAsync("a-task", token, Done, _work.Interval, default)).ShouldBeTrue();
        var entry = (await Schedule.ListAsync(default)).Single();
        (entry.Holder, entry.Outcome, entry.Description).ShouldBe((null, Done, _work.Description));
        (entry.FinishedAt >= entry.StartedAt && entry.NextAt > entry.FinishedAt).ShouldBeTrue();
    }

    [Fact]
    public async Task It_is_due_again_after_its_interval()
    {
        await RunAsync();
        (await Schedule.DueAsync([_work], default)).ShouldBeEmpty();
        (await Schedule.TryBeginAsync(_work, "a", Lease, default)).ShouldBeNull();

        await _stores.AdvanceAsync(TimeSpan.FromMinutes(61));

        (await Schedule.DueAsync([_work], default)).ShouldBe(["a-task"]);
    }

    [Fact]
    public async Task Whoever_lost_the_lead_can_write_nothing_any_more()
    {
        var first = (await Schedule.TryBeginAsync(_work, "a", Lease, default)).ShouldNotBeNull();
        (await Schedule.RenewAsync("a-task", first, Lease, default)).ShouldBeTrue();
        await _stores.AdvanceAsync(Lease * 2);

        var second = (await Schedule.TryBeginAsync(_work, "b", Lease, default)).ShouldNotBeNull();

        second.ShouldBeGreaterThan(first);
        (await Schedule.RenewAsync("a-task", first, Lease, default)).ShouldBeFalse();
        (await Schedule.FinishAsync("a-task", first, Done, _work.Interval, default)).ShouldBeFalse();
        (await Schedule.FinishAsync("a-task", second, Done, _work.Interval, default)).ShouldBeTrue();
        (await Schedule.FinishAsync("a-task", second, Done, _work.Interval, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_is_asked_for_is_due_at_once_and_one_that_runs_is_followed_by_another()
    {
        await RunAsync();
        await _stores.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await Schedule.RequestAsync("a-task", default)).ShouldBeTrue();
        var token = (await Schedule.TryBeginAsync(_work, "a", Lease, default)).ShouldNotBeNull();
        await _stores.AdvanceAsync(TimeSpan.FromSeconds(10));
        await Schedule.RequestAsync("a-task", default);
        await Schedule.FinishAsync("a-task", token, Done, _work.Interval, default);

        (await Schedule.DueAsync([_work], default)).ShouldBe(["a-task"]);
        (await Schedule.RequestAsync("no-task", default)).ShouldBeFalse();
    }

    private async Task RunAsync()
    {
        var token = (await Schedule.TryBeginAsync(_work, "a", Lease, default)).ShouldNotBeNull();
        await Schedule.FinishAsync("a-task", token, Done, _work.Interval, default);
    }

    private sealed record Work(string Name, TimeSpan Interval) : IScheduledTask
    {
        public string Description => "Does something.";

        public Task<string> RunAsync(CancellationToken cancellationToken) => Task.FromResult("Done.");
    }
}
