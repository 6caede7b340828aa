using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events.Redis;

/// <summary>
/// One watcher in this process. It listens from the moment it is made; once it knows what Redis remembers, what it heard meanwhile and is
/// remembered too is passed over.
/// </summary>
internal sealed class RedisWatcher(Guid jobId, int capacity, Action<RedisWatcher> leave) : IJobSubscription
{
    private readonly WatcherQueue _queue = new(capacity);
    private readonly Lock _lock = new();
    private List<(StreamId? Number, JobEvent Event)>? _early = [];
    private IReadOnlyList<JobEvent> _remembered = [];
    private StreamId? _rememberedTo;

    public Guid JobId => jobId;

    /// <summary>Tells what Redis remembers, oldest first, and lets live events through.</summary>
    public void Remember(IReadOnlyList<JobEvent> remembered, StreamId? upTo)
    {
        lock (_lock)
        {
            (_remembered, _rememberedTo) = (remembered, upTo);
            var early = _early ?? [];
            _early = null;
            foreach (var (number, jobEvent) in early) Pass(number, jobEvent);
        }
    }

    /// <summary>Hears a live event; without a number it did not go through Redis.</summary>
    public void Offer(StreamId? number, JobEvent jobEvent)
    {
        lock (_lock)
        {
            if (_early is null)
            {
                Pass(number, jobEvent);
                return;
            }

            // The oldest of too many are remembered by Redis, or are progress that the latest makes up for.
            if (_early.Count == capacity) _early.RemoveAt(0);
            _early.Add((number, jobEvent));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<JobEvent> Replay(EventCursor? after) =>
        after is { } cursor ? [.. _remembered.Where(jobEvent => jobEvent.Cursor > cursor)] : _remembered;

    /// <inheritdoc/>
    public IAsyncEnumerable<JobEvent> ReadAllAsync(CancellationToken cancellationToken) => _queue.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_queue.Close()) leave(this);
        return ValueTask.CompletedTask;
    }

    private void Pass(StreamId? number, JobEvent jobEvent)
    {
        if (number is { } live && _rememberedTo is { } known && !live.IsAfter(known)) return;
        _queue.Offer(jobEvent);
    }
}
