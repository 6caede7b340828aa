using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Redis;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using StackExchange.Redis;

namespace PhotoStudio.Backings.Events.Redis;

/// <summary>
/// Job events of a studio in several processes. Each job's latest events are a short stream that expires; every event is also published in
/// one channel, which each process hears once and hands on to its own watchers. While Redis is away, events reach this process only:
/// watchers find the state in the store.
/// </summary>
internal sealed partial class RedisJobEvents(
    RedisLink redis, IOptions<RedisEventsOptions> options, ILogger<RedisJobEvents> logger) : IJobEvents
{
    /// <summary>KEYS: the job's stream. ARGV: how many are kept, for how many ms, channel, job, event. One step, so that numbers rise as they are heard.</summary>
    private static readonly RedisScript PublishScript = new(
        """
        local number = redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[1], '*', 'e', ARGV[5])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        redis.call('PUBLISH', ARGV[3], ARGV[4] .. ' ' .. number .. ' ' .. ARGV[5])
        return number
        """);

    private readonly RedisEventsOptions _options = options.Value;
    private readonly string _channel = redis.Options.Key("events");
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<RedisWatcher>> _watchers = [];
    private readonly OwnerWatchers _owners = new();
    private Task? _listening;

    /// <inheritdoc/>
    public async ValueTask PublishAsync(JobEvent jobEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        object[] arguments =
            [_options.EventsPerJob, (long)_options.RememberFor.TotalMilliseconds, _channel, jobEvent.JobId.ToString("N"), RedisJobEvent.Write(jobEvent)];
        try
        {
            await redis.RunAsync(PublishScript, [StreamOf(jobEvent.JobId)], arguments, cancellationToken);
        }
        catch (RedisAwayException)
        {
            Tell(jobEvent.JobId, number: null, () => jobEvent);
        }
    }

    /// <inheritdoc/>
    public async Task<IJobSubscription> SubscribeAsync(Guid jobId, CancellationToken cancellationToken)
    {
        RedisWatcher watcher = new(jobId, _options.EventsPerWatcher, Leave);
        lock (_lock)
        {
            if (!_watchers.TryGetValue(jobId, out var others)) _watchers[jobId] = others = [];
            others.Add(watcher);
        }

        try
        {
            await ListenAsync();
            var (remembered, upTo) = await RecallAsync(jobId, cancellationToken);
            watcher.Remember(remembered, upTo);
            return watcher;
        }
        catch (RedisAwayException)
        {
            watcher.Remember([], upTo: null);
            return watcher;
        }
        catch
        {
            await watcher.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IJobSubscription> SubscribeAsync(Owner owner, CancellationToken cancellationToken)
    {
        var watcher = _owners.Add(owner, _options.EventsPerWatcher);
        try
        {
            await ListenAsync();
            return watcher;
        }
        catch (RedisAwayException)
        {
            return watcher;
        }
        catch
        {
            await watcher.DisposeAsync();
            throw;
        }
    }

    private async Task ListenAsync()
    {
        Task listening;
        lock (_lock)
        {
            if (_listening is null or { IsFaulted: true } or { IsCanceled: true })
                _listening = redis.ListenAsync(_channel, Hear, CancellationToken.None);
            listening = _listening;
        }

        await listening;
    }

    private async Task<(List<JobEvent> Events, StreamId? UpTo)> RecallAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var entries = (RedisResult[]?)await redis.RunAsync("XRANGE", [(RedisKey)StreamOf(jobId), "-", "+"], cancellationToken) ?? [];
        List<JobEvent> events = new(entries.Length);
        StreamId? upTo = null;
        foreach (var entry in entries)
        {
            var parts = (RedisResult[])entry!;
            if (!StreamId.TryParse((byte[])parts[0]!, out var number)) continue;
            upTo = number;
            if (TryRead(jobId, (byte[])((RedisResult[])parts[1]!)[1]!) is { } jobEvent) events.Add(jobEvent);
        }

        return (events, upTo);
    }

    private void Hear(byte[] message)
    {
        if (!RedisJobEvent.TryReadMessage(message, out var jobId, out var number, out var json)) return;
        var start = message.Length - json.Length;
        Tell(jobId, number, () => TryRead(jobId, message.AsSpan(start)));
    }

    /// <summary>Hands an event to the watchers of the job and of its owner here; it is read only when there are any.</summary>
    private void Tell(Guid jobId, StreamId? number, Func<JobEvent?> read)
    {
        RedisWatcher[] watchers = [];
        lock (_lock)
        {
            if (_watchers.TryGetValue(jobId, out var found)) watchers = [.. found];
        }

        if ((watchers.Length == 0 && _owners.IsEmpty) || read() is not { } jobEvent) return;
        _owners.Tell(jobEvent);
        foreach (var watcher in watchers) watcher.Offer(number, jobEvent);
    }

    private void Leave(RedisWatcher watcher)
    {
        lock (_lock)
        {
            if (!_watchers.TryGetValue(watcher.JobId, out var watchers)) return;
            watchers.Remove(watcher);
            if (watchers.Count == 0) _watchers.Remove(watcher.JobId);
        }
    }

    private JobEvent? TryRead(Guid jobId, ReadOnlySpan<byte> json)
    {
        try
        {
            return RedisJobEvent.Read(jobId, json);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            LogUnreadable(logger, exception, jobId);
            return null;
        }
    }

    private string StreamOf(Guid jobId) => redis.Options.Key($"events:{jobId:N}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event of job {JobId} cannot be read; processes of different versions may be at work")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, Guid jobId);
}
