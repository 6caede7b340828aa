using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Queue.InProcess;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Backings.Queue.InProcess;

public sealed class InProcessJobBellTests : JobBellContract
{
    private readonly ManualTimeProvider _time = new();

    protected override IJobBell Open(int capacity) =>
        new InProcessJobBell(Options.Create(new InProcessBellOptions { Capacity = capacity, RedeliverAfter = TimeSpan.FromMinutes(1) }), _time);

    protected override Task LetDeliveriesBecomeOverdueAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_job_that_waits_already_takes_no_second_place()
    {
        var bell = Open(2);
        BellEntry entry = new(Guid.CreateVersion7());

        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();
        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();

        (await bell.DepthAsync(default)).ShouldBe(1);
        (await ReceiveAllAsync(bell)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_job_rung_while_its_entry_is_in_a_consumers_hands_is_delivered_once_more()
    {
        var bell = Open(3);
        BellEntry entry = new(Guid.CreateVersion7());
        await bell.TryRingAsync(entry, default);
        var inHand = (await bell.ReceiveAsync("a", TimeSpan.Zero, default))!;

        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();

        await bell.AcknowledgeAsync(inHand, default);
        (await ReceiveAllAsync(bell)).ShouldHaveSingleItem().Entry.ShouldBe(entry);
    }

    [Fact]
    public async Task A_wait_ends_with_nothing_when_its_time_is_over()
    {
        var bell = Open(2);
        var waiting = bell.ReceiveAsync("a", TimeSpan.FromSeconds(2), default);

        _time.Advance(TimeSpan.FromSeconds(1.9));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));

        (await waiting.SoonAsync()).ShouldBeNull();
        await RingAsync(bell, 1, JobLane.Interactive);
        (await bell.ReceiveAsync("b", TimeSpan.Zero, default)).ShouldNotBeNull("the one that gave up does not swallow it");
    }
}
