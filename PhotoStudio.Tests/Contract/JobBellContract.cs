using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every bell, the queue in front of the job table, does. An adapter's tests inherit it and say how to open an empty bell.</summary>
public abstract class JobBellContract
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>An empty bell.</summary>
    /// <param name="capacity">How many entries it takes.</param>
    protected abstract IJobBell Open(int capacity);

    /// <summary>Lets so much time pass that what was delivered and not acknowledged is due for another delivery.</summary>
    protected abstract Task LetDeliveriesBecomeOverdueAsync();

    [Fact]
    public async Task What_is_rung_is_received_with_its_lane_and_trace()
    {
        var bell = Open(10);
        BellEntry entry = new(Guid.CreateVersion7(), JobLane.Batch, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();

        (await bell.ReceiveAsync("a", Wait, default))!.Entry.ShouldBe(entry);
    }

    [Fact]
    public async Task Each_entry_is_delivered_to_one_consumer_only()
    {
        var bell = Open(500);
        var ids = Enumerable.Range(0, 300).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids) (await bell.TryRingAsync(new BellEntry(id), default)).ShouldBeTrue();

        var received = await Task.WhenAll(Enumerable.Range(0, 6).Select(consumer => Task.Run(async () =>
        {
            List<Guid> mine = [];
            while (await bell.ReceiveAsync($"consumer-{consumer}", TimeSpan.Zero, default) is { } delivery)
            {
                mine.Add(delivery.Entry.JobId);
                await bell.AcknowledgeAsync(delivery, default);
            }

            return mine;
        })));

        received.SelectMany(mine => mine).ShouldBe(ids, ignoreOrder: true);
        (await bell.DepthAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Entries_of_a_lane_come_in_the_order_they_were_rung()
    {
        var bell = Open(10);
        var ids = await RingAsync(bell, 5, JobLane.Interactive);

        (await ReceiveAllAsync(bell)).Select(delivery => delivery.Entry.JobId).ShouldBe(ids);
    }

    [Fact]
    public async Task Interactive_entries_come_before_batch_entries()
    {
        var bell = Open(10);
        var batch = await RingAsync(bell, 3, JobLane.Batch);
        var interactive = await RingAsync(bell, 2, JobLane.Interactive);

        (await ReceiveAllAsync(bell)).Select(delivery => delivery.Entry.JobId).ShouldBe([.. interactive, .. batch]);
    }

    [Fact]
    public async Task A_consumer_that_waits_gets_what_is_rung_later()
    {
        var bell = Open(10);
        var waiting = bell.ReceiveAsync("a", Wait, default);
        var id = (await RingAsync(bell, 1, JobLane.Interactive)).Single();

        (await waiting.SoonAsync())!.Entry.JobId.ShouldBe(id);
    }

    [Fact]
    public async Task Without_a_wait_an_empty_bell_answers_at_once_that_there_is_nothing()
    {
        (await Open(10).ReceiveAsync("a", TimeSpan.Zero, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_consumer_that_gives_up_takes_no_entry_with_it()
    {
        var bell = Open(10);
        using CancellationTokenSource cancellation = new();
        var waiting = bell.ReceiveAsync("a", Wait, cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting.SoonAsync());

        var id = (await RingAsync(bell, 1, JobLane.Interactive)).Single();
        (await bell.ReceiveAsync("b", Wait, default).SoonAsync())!.Entry.JobId.ShouldBe(id);
    }

    [Fact]
    public async Task A_full_bell_refuses_and_takes_again_once_an_entry_is_acknowledged()
    {
        var bell = Open(3);
        bell.Capacity.ShouldBe(3);
        await RingAsync(bell, 3, JobLane.Interactive);
        (await bell.TryRingAsync(new BellEntry(Guid.CreateVersion7()), default)).ShouldBeFalse();

        var delivery = (await bell.ReceiveAsync("a", Wait, default))!;
        (await bell.DepthAsync(default)).ShouldBe(3, "a delivered entry counts until it is acknowledged");
        (await bell.TryRingAsync(new BellEntry(Guid.CreateVersion7()), default)).ShouldBeFalse();

        await bell.AcknowledgeAsync(delivery, default);
        (await bell.DepthAsync(default)).ShouldBe(2);
        (await bell.TryRingAsync(new BellEntry(Guid.CreateVersion7()), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_entry_that_nobody_acknowledges_is_delivered_again()
    {
        var bell = Open(3);
        var id = (await RingAsync(bell, 1, JobLane.Interactive)).Single();
        (await bell.ReceiveAsync("dies", Wait, default)).ShouldNotBeNull();
        (await bell.ReceiveAsync("lives", TimeSpan.Zero, default)).ShouldBeNull();

        await LetDeliveriesBecomeOverdueAsync();

        var again = (await bell.ReceiveAsync("lives", Wait, default))!;
        again.Entry.JobId.ShouldBe(id);
        await bell.AcknowledgeAsync(again, default);
        (await bell.DepthAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Consumers_that_never_acknowledge_cost_no_place_for_good()
    {
        var bell = Open(2);
        for (var round = 0; round < 5; round++)
        {
            await RingAsync(bell, 2, JobLane.Interactive);
            (await bell.ReceiveAsync("dies", Wait, default)).ShouldNotBeNull();
            (await bell.ReceiveAsync("dies", Wait, default)).ShouldNotBeNull();
            await LetDeliveriesBecomeOverdueAsync();
            foreach (var delivery in await ReceiveAllAsync(bell)) await bell.AcknowledgeAsync(delivery, default);
            (await bell.DepthAsync(default)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task What_was_acknowledged_is_not_delivered_again()
    {
        var bell = Open(3);
        await RingAsync(bell, 1, JobLane.Interactive);
        await bell.AcknowledgeAsync((await bell.ReceiveAsync("a", Wait, default))!, default);

        await LetDeliveriesBecomeOverdueAsync();

        (await bell.ReceiveAsync("b", TimeSpan.Zero, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_job_can_be_rung_again_after_its_entry_was_acknowledged()
    {
        var bell = Open(3);
        var id = Guid.CreateVersion7();
        for (var round = 0; round < 3; round++)
        {
            (await bell.TryRingAsync(new BellEntry(id), default)).ShouldBeTrue();
            var delivery = (await bell.ReceiveAsync("a", Wait, default))!;
            delivery.Entry.JobId.ShouldBe(id);
            await bell.AcknowledgeAsync(delivery, default);
        }
    }

    [Fact]
    public async Task Many_ringers_and_consumers_at_once_lose_nothing()
    {
        var bell = Open(8);
        var ids = Enumerable.Range(0, 1000).Select(_ => Guid.CreateVersion7()).ToList();
        using CancellationTokenSource done = new();
        System.Collections.Concurrent.ConcurrentDictionary<Guid, int> received = [];
        var consumers = Enumerable.Range(0, 5).Select(consumer => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    if (await bell.ReceiveAsync($"consumer-{consumer}", Wait, done.Token) is not { } delivery) continue;
                    received.AddOrUpdate(delivery.Entry.JobId, 1, (_, count) => count + 1);
                    await bell.AcknowledgeAsync(delivery, default);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        })).ToList();

        await Task.WhenAll(ids.Chunk(250).Select(chunk => Task.Run(async () =>
        {
            foreach (var id in chunk)
            {
                while (!await bell.TryRingAsync(new BellEntry(id), default)) await Task.Yield();
            }
        })));
        await Eventually.BecomesTrueAsync(() => received.Count == ids.Count, "every entry was received");
        await done.CancelAsync();
        await Task.WhenAll(consumers);

        received.Keys.ShouldBe(ids, ignoreOrder: true);
        received.Values.ShouldAllBe(count => count == 1);
        (await bell.DepthAsync(default)).ShouldBe(0);
    }

    protected static async Task<IReadOnlyList<Guid>> RingAsync(IJobBell bell, int count, JobLane lane)
    {
        List<Guid> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(Guid.CreateVersion7());
            (await bell.TryRingAsync(new BellEntry(ids[^1], lane), default)).ShouldBeTrue();
        }

        return ids;
    }

    protected static async Task<IReadOnlyList<BellDelivery>> ReceiveAllAsync(IJobBell bell)
    {
        List<BellDelivery> deliveries = [];
        while (await bell.ReceiveAsync("all", TimeSpan.Zero, default) is { } delivery) deliveries.Add(delivery);
        return deliveries;
    }
}
