using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events.InProcess;

/// <summary>
/// One watcher. What was published before it came is replayed, what comes after is read: no event is in both.
/// </summary>
internal sealed class JobWatcher : IJobSubscription
{
    private readonly InProcessJobEvents _events;
    private readonly JobTopic _topic;
    private readonly WatcherQueue _queue;
    private readonly long _joinedAt;

    public JobWatcher(InProcessJobEvents events, JobTopic topic, int capacity)
    {
        _events = events;
        _topic = topic;
        _queue = new WatcherQueue(capacity);
        _joinedAt = topic.Add(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<JobEvent> Replay(EventCursor? after) => _topic.Recall(_joinedAt, after);

    /// <inheritdoc/>
    public IAsyncEnumerable<JobEvent> ReadAllAsync(CancellationToken cancellationToken) => _queue.ReadAllAsync(cancellationToken);

    /// <summary>Queues an event for the reader.</summary>
    public void Offer(JobEvent jobEvent) => _queue.Offer(jobEvent);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_queue.Close()) _events.Leave(_topic, this);
        return ValueTask.CompletedTask;
    }
}
