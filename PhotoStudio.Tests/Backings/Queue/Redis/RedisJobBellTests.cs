using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Queue.Redis;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Tests.Contract;
using PhotoStudio.Tests.Support;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace PhotoStudio.Tests.Backings.Queue.Redis;

public sealed class RedisJobBellTests : JobBellContract, IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _open = [];
    private RedisServer _server = null!;
    private RedisLink _link = null!;

    public async Task InitializeAsync()
    {
        _server = await RedisServer.SharedAsync();
        _link = _server.Open();
    }

    public async Task DisposeAsync()
    {
        foreach (var bell in _open) await bell.DisposeAsync();
        await _link.DisposeAsync();
    }

    protected override IJobBell Open(int capacity) => Open(_link, new RedisBellOptions { Capacity = capacity });

    /// <summary>Redis takes it that so much time has passed since each delivery.</summary>
    protected override async Task LetDeliveriesBecomeOverdueAsync()
    {
        foreach (var lane in new[] { "interactive", "batch" })
        {
            object[] pending = [(RedisKey)Key(lane), RedisBellScripts.Group, "-", "+", 1000];
            try
            {
                foreach (var entry in (RedisResult[])await _link.RunAsync("XPENDING", pending, default))
                {
                    object[] claim = [(RedisKey)Key(lane), RedisBellScripts.Group, "worker", 0, (string)((RedisResult[])entry)[0], "IDLE", 60_000, "JUSTID"];
                    await _link.RunAsync("XCLAIM", claim, default);
                }
            }
            catch (RedisServerException exception) when (exception.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
            {
                // Nothing was received from this lane.
            }
        }
    }

    [Fact]
    public async Task A_bell_of_another_process_wakes_a_consumer_that_waits()
    {
        await using var otherLink = _server.Open(_link.Options.Prefix);
        var (here, there) = (Open(10), Open(otherLink, new RedisBellOptions { Capacity = 10, PollInterval = TimeSpan.FromMinutes(1) }));
        var waiting = there.ReceiveAsync("a", TimeSpan.FromMinutes(1), default);
        await Eventually.BecomesTrueAsync(
            async () => (long)((RedisResult[])await _link.RunAsync("PUBSUB", ["NUMSUB", Key("rung")], default))[1] == 1, "the other process listens");

        var id = (await RingAsync(here, 1, JobLane.Interactive)).Single();

        (await waiting.SoonAsync()).ShouldNotBeNull().Entry.JobId.ShouldBe(id);
    }

    [Fact]
    public async Task A_job_that_waits_already_takes_no_second_place_and_one_in_a_consumers_hands_does()
    {
        var bell = Open(3);
        BellEntry entry = new(Guid.CreateVersion7());
        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();
        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();
        (await bell.DepthAsync(default)).ShouldBe(1);
        var inHand = (await bell.ReceiveAsync("a", TimeSpan.Zero, default)).ShouldNotBeNull();

        (await bell.TryRingAsync(entry, default)).ShouldBeTrue();

        await bell.AcknowledgeAsync(inHand, default);
        (await ReceiveAllAsync(bell)).ShouldHaveSingleItem().Entry.ShouldBe(entry);
    }

    [Fact]
    public async Task The_bell_holds_two_entries_for_each_slot_of_the_workers_there_are()
    {
        var front = Open(_link, new RedisBellOptions { Slots = 1 });
        var (first, second) = (Open(_link, new RedisBellOptions { Slots = 2 }), Open(_link, new RedisBellOptions { Slots = 3 }));
        foreach (var worker in new[] { first, second })
        {
            (await worker.ReceiveAsync("a", TimeSpan.Zero, default)).ShouldBeNull();
            await worker.DepthAsync(default);
        }

        await RingAsync(front, 10, JobLane.Batch);
        (await front.TryRingAsync(new BellEntry(Guid.CreateVersion7()), default)).ShouldBeFalse();
        front.Capacity.ShouldBe(10);

        await ((IAsyncDisposable)second).DisposeAsync();
        await front.DepthAsync(default);
        front.Capacity.ShouldBe(4);
    }

    [Fact]
    public async Task Every_slot_is_a_consumer_of_its_own_and_one_that_leaves_with_an_entry_in_hand_stays_until_another_has_it()
    {
        var options = new RedisBellOptions { Slots = 1, Capacity = 10, RedeliverAfter = TimeSpan.FromSeconds(1) };
        var (first, second) = (Open(_link, options), Open(_link, options));
        var rung = (await RingAsync(first, 1, JobLane.Batch)).Single();
        (await first.ReceiveAsync("one/1", TimeSpan.Zero, default)).ShouldNotBeNull().Entry.JobId.ShouldBe(rung);
        await ((IAsyncDisposable)first).DisposeAsync();
        (await ConsumersAsync()).ShouldBe(["one/1"]);
        (await second.ReceiveAsync("two/1", TimeSpan.FromSeconds(30), default)).ShouldNotBeNull().Entry.JobId.ShouldBe(rung);
        await ((IAsyncDisposable)first).DisposeAsync();

        (await ConsumersAsync()).ShouldBe(["two/1"]);
    }

    [Fact]
    public async Task Nothing_is_left_in_Redis_of_what_was_acknowledged()
    {
        var bell = Open(10);
        await RingAsync(bell, 5, JobLane.Batch);
        foreach (var delivery in await ReceiveAllAsync(bell)) await bell.AcknowledgeAsync(delivery, default);

        ((long)await _link.RunAsync("XLEN", [(RedisKey)Key("batch")], default)).ShouldBe(0);
        ((long)await _link.RunAsync("EXISTS", [(RedisKey)Key("waiting")], default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_goes_on_by_itself_while_Redis_is_away_and_with_the_others_when_it_is_back_and_empty()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = server.Open("t", TimeSpan.FromSeconds(2));
        var worker = Open(link, new RedisBellOptions { Capacity = 10 });
        await RingAsync(worker, 1, JobLane.Interactive);
        var early = (await worker.ReceiveAsync("a", TimeSpan.Zero, default)).ShouldNotBeNull();
        await server.StopAsync();

        await worker.AcknowledgeAsync(early, default);
        var own = (await RingAsync(worker, 1, JobLane.Interactive)).Single();
        (await worker.DepthAsync(default)).ShouldBe(1);
        var delivery = (await worker.ReceiveAsync("a", TimeSpan.FromSeconds(30), default)).ShouldNotBeNull();
        delivery.Entry.JobId.ShouldBe(own);

        await server.StartAgainAsync();
        await worker.AcknowledgeAsync(delivery, default);
        await Eventually.BecomesTrueAsync(() => RedisServer.AnswersAsync(link), "Redis is back");
        var shared = (await RingAsync(worker, 1, JobLane.Interactive)).Single();
        ((long)await link.RunAsync("XLEN", [(RedisKey)"{t}:bell:interactive"], default)).ShouldBe(1);
        (await worker.ReceiveAsync("a", TimeSpan.FromSeconds(30), default)).ShouldNotBeNull().Entry.JobId.ShouldBe(shared);
    }

    [Fact]
    public async Task Where_no_worker_is_nothing_is_rung_while_Redis_is_away()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = server.Open("t", TimeSpan.FromSeconds(2));
        var front = Open(link, new RedisBellOptions());
        await server.StopAsync();

        (await front.TryRingAsync(new BellEntry(Guid.CreateVersion7()), default)).ShouldBeFalse();
    }

    private RedisJobBell Open(RedisLink link, RedisBellOptions options)
    {
        var bell = new RedisJobBell(link, Options.Create(options), TimeProvider.System);
        _open.Add(bell);
        return bell;
    }

    private string Key(string name) => _link.Options.Key($"bell:{name}");

    /// <summary>The consumers of the lane for batches.</summary>
    private async Task<string[]> ConsumersAsync()
    {
        var consumers = (RedisResult[])(await _link.RunAsync("XINFO", ["CONSUMERS", (RedisKey)Key("batch"), RedisBellScripts.Group], default))!;
        return [.. consumers.Select(consumer => (string)((RedisResult[])consumer!)[1]!).Order(StringComparer.Ordinal)];
    }
}
