using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Queue.InProcess;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Core.Jobs;
using StackExchange.Redis;

namespace PhotoStudio.Backings.Queue.Redis;

/// <summary>
/// The bell of a studio in several processes: a Redis stream for each lane, with a consumer group. An entry is deleted when it is acknowledged,
/// so a stream's length is what is outstanding. Publishing wakes idle workers; looking from time to time makes up for signals that were
/// lost. Nothing ever blocks the connection.
/// </summary>
/// <remarks>
/// While Redis is away the bell is this process's own: its dispatcher goes on to find due jobs in the database, where the claim decides
/// between workers as ever. What Redis held is rung again by the dispatcher.
/// </remarks>
internal sealed class RedisJobBell : IJobBell, IAsyncDisposable
{
    private const string LocalReceipt = "local:";

    /// <summary>How long a worker counts that has not been heard of, in seconds.</summary>
    private const int WorkerSeconds = 30;

    private readonly RedisLink _redis;
    private readonly RedisBellOptions _options;
    private readonly TimeProvider _time;
    private readonly InProcessJobBell _local;
    private readonly BellWaiters _waiters = new();
    private readonly string[] _keys;
    private readonly string _channel;
    private readonly string _worker;
    private readonly ConcurrentDictionary<string, bool> _consumers = new(StringComparer.Ordinal);
    private volatile bool _consumes;
    private volatile int _capacity;
    private Task? _listening;

    public RedisJobBell(RedisLink redis, IOptions<RedisBellOptions> options, TimeProvider time)
    {
        (_redis, _options, _time) = (redis, options.Value, time);
        _keys = [.. Enum.GetNames<JobLane>().Select(lane => redis.Options.Key($"bell:{lane.ToLowerInvariant()}")), redis.Options.Key("bell:waiting"), redis.Options.Key("bell:workers")];
        _channel = redis.Options.Key("bell:rung");
        _worker = $"{Guid.NewGuid():N}:{_options.Slots.ToString(CultureInfo.InvariantCulture)}";
        _capacity = _options.Capacity ?? LeastCapacity;
        var local = new InProcessBellOptions { Capacity = LeastCapacity, RedeliverAfter = _options.RedeliverAfter };
        _local = new InProcessJobBell(Options.Create(local), time);
    }

    /// <inheritdoc/>
    public int Capacity => _capacity;

    private int LeastCapacity => 2 * Math.Max(1, _options.Slots);

    /// <inheritdoc/>
    public async ValueTask<bool> TryRingAsync(BellEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        object[] arguments =
            [1 + (int)entry.Lane, entry.JobId.ToString("N"), entry.TraceParent ?? "", _options.Capacity ?? 0, LeastCapacity, _channel];
        try
        {
            var answer = (RedisResult[])(await _redis.RunAsync(RedisBellScripts.Ring, _keys, arguments, cancellationToken))!;
            _capacity = (int)answer[1];
            return (int)answer[0] == 1;
        }
        catch (RedisAwayException)
        {
            // Where no worker is, nobody would hear a bell of our own.
            return _consumes && await _local.TryRingAsync(entry, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<BellDelivery?> ReceiveAsync(string consumer, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        _consumes = true;
        _consumers[consumer] = true;
        var began = _time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryListenAsync();
            var place = _waiters.Join();
            var woken = false;
            try
            {
                if (await LookAsync(consumer) is { } delivery) return delivery;
                var left = wait - _time.GetElapsedTime(began);
                if (left <= TimeSpan.Zero) return null;

                var pause = left < _options.PollInterval ? left : _options.PollInterval;
                await place.Value.Task.WaitAsync(pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                woken = !cancellationToken.IsCancellationRequested;
            }
            finally
            {
                _waiters.Leave(place, looksAgain: woken);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask AcknowledgeAsync(BellDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.Receipt.StartsWith(LocalReceipt, StringComparison.Ordinal))
        {
            await _local.AcknowledgeAsync(delivery with { Receipt = delivery.Receipt[LocalReceipt.Length..] }, cancellationToken);
            return;
        }

        try
        {
            object[] arguments = [1 + (int)delivery.Entry.Lane, RedisBellScripts.Group, delivery.Receipt];
            await _redis.RunAsync(RedisBellScripts.Acknowledge, _keys, arguments, cancellationToken);
        }
        catch (RedisAwayException)
        {
            // It is delivered once more, then, and finds nothing to claim.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> DepthAsync(CancellationToken cancellationToken)
    {
        var local = await _local.DepthAsync(cancellationToken);
        try
        {
            object[] arguments = [_options.Capacity ?? 0, LeastCapacity, _consumes ? _worker : "", WorkerSeconds, RedisBellScripts.Group];
            var answer = (RedisResult[])(await _redis.RunAsync(RedisBellScripts.Depth, _keys, arguments, cancellationToken))!;
            _capacity = (int)answer[1];
            return (long)answer[0] + local;
        }
        catch (RedisAwayException)
        {
            _capacity = LeastCapacity;
            return local;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_consumes) return;
        try
        {
            object[] arguments = [RedisBellScripts.Group, _worker, .. _consumers.Keys];
            await _redis.RunAsync(RedisBellScripts.Leave, _keys, arguments, CancellationToken.None);
        }
        catch (RedisAwayException)
        {
            // It is given up by itself after a while.
        }
    }

    /// <summary>The next entry, if there is one. Not cancelled: an entry that was taken is in our hands, wanted or not.</summary>
    private async Task<BellDelivery?> LookAsync(string consumer)
    {
        if (await _local.ReceiveAsync(consumer, TimeSpan.Zero, CancellationToken.None) is { } local)
            return local with { Receipt = LocalReceipt + local.Receipt };

        try
        {
            object[] arguments = [RedisBellScripts.Group, (long)_options.RedeliverAfter.TotalMilliseconds, consumer];
            var answer = (RedisResult[]?)await _redis.RunAsync(RedisBellScripts.Receive, _keys, arguments, CancellationToken.None);
            if (answer is not [var lane, var entry, var job, var trace]) return null;

            var traceParent = (string?)trace;
            return new BellDelivery(
                new BellEntry(Guid.Parse((string)job!), (JobLane)((int)lane - 1), string.IsNullOrEmpty(traceParent) ? null : traceParent),
                (string)entry!);
        }
        catch (RedisAwayException)
        {
            return null;
        }
    }

    private async ValueTask TryListenAsync()
    {
        if (_listening is { IsCompletedSuccessfully: true }) return;
        try
        {
            await (_listening = _redis.ListenAsync(_channel, _ => _waiters.Wake(), CancellationToken.None));
        }
        catch (RedisAwayException)
        {
            // Looking from time to time has to do until Redis is back.
        }
    }
}
