using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>
/// Fans the events of a job out to its watchers in this process over one upstream subscription, which ends with the
/// last watcher.
/// </summary>
public sealed partial class JobWatchHub(IJobEvents events, ILogger<JobWatchHub> logger)
{
    private const int Remembered = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Upstream> _upstreams = [];
    private int _watchers;

    /// <summary>Watchers that are there now.</summary>
    public int Watchers => Volatile.Read(ref _watchers);

    /// <summary>Jobs that are watched now.</summary>
    public int Upstreams
    {
        get
        {
            lock (_lock) return _upstreams.Count;
        }
    }

    /// <summary>
    /// Begins to watch a job. Events published after this call has returned reach the watcher; so watch first, then read
    /// the job from the store.
    /// </summary>
    public async Task<JobWatch> WatchAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var mailbox = new EventMailbox();
        Upstream upstream;
        IReadOnlyList<JobEvent> since;
        lock (_lock)
        {
            if (!_upstreams.TryGetValue(jobId, out upstream!)) _upstreams[jobId] = upstream = new Upstream(jobId);
            upstream.Mailboxes.Add(mailbox);
            upstream.Subscription ??= SubscribeAsync(upstream);
            since = [.. upstream.Recent];
        }

        Interlocked.Increment(ref _watchers);
        var watch = new JobWatch(mailbox, upstream.Subscription, since, () => LeaveAsync(upstream, mailbox));
        try
        {
            await upstream.Subscription.WaitAsync(cancellationToken);
            return watch;
        }
        catch
        {
            await watch.DisposeAsync();
            throw;
        }
    }

    private async Task<IJobSubscription> SubscribeAsync(Upstream upstream)
    {
        // Off the caller's thread and lock; it serves every watcher, so no single one can cancel it.
        await Task.Yield();
        var subscription = await events.SubscribeAsync(upstream.JobId, upstream.Ended.Token);
        upstream.Pump = PumpAsync(upstream, subscription);
        return subscription;
    }

    private async Task PumpAsync(Upstream upstream, IJobSubscription subscription)
    {
        await Task.Yield();
        try
        {
            await foreach (var jobEvent in subscription.ReadAllAsync(upstream.Ended.Token))
            {
                lock (_lock)
                {
                    if (upstream.Recent.Count == Remembered) upstream.Recent.Dequeue();
                    upstream.Recent.Enqueue(jobEvent);
                    foreach (var mailbox in upstream.Mailboxes) mailbox.Offer(jobEvent);
                }
            }
        }
        catch (OperationCanceledException) when (upstream.Ended.IsCancellationRequested)
        {
            // The last watcher left.
        }
        catch (Exception exception)
        {
            // Streams go on: they look at the store whenever they ping.
            LogUpstreamBroke(logger, exception, upstream.JobId);
        }
    }

    private async ValueTask LeaveAsync(Upstream upstream, EventMailbox mailbox)
    {
        Interlocked.Decrement(ref _watchers);
        lock (_lock)
        {
            upstream.Mailboxes.Remove(mailbox);
            if (upstream.Mailboxes.Count > 0) return;
            _upstreams.Remove(upstream.JobId);
        }

        await upstream.Ended.CancelAsync();
        try
        {
            await using var subscription = await upstream.Subscription!;
            if (upstream.Pump is { } pump) await pump;
        }
        catch (Exception exception) when (exception is OperationCanceledException || upstream.Subscription!.IsFaulted)
        {
            // It never came about; whoever waited for it heard why.
        }

        upstream.Ended.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The events of job {JobId} stopped coming; its watchers go on by the store alone")]
    private static partial void LogUpstreamBroke(ILogger logger, Exception exception, Guid jobId);

    private sealed class Upstream(Guid jobId)
    {
        public Guid JobId => jobId;

        public List<EventMailbox> Mailboxes { get; } = [];

        /// <summary>What came since the subscription began, which itself replays only what came before.</summary>
        public Queue<JobEvent> Recent { get; } = [];

        public CancellationTokenSource Ended { get; } = new();

        public Task<IJobSubscription>? Subscription { get; set; }

        public Task? Pump { get; set; }
    }
}
