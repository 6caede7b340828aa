using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events.InProcess;

/// <summary>A job's latest events and its watchers.</summary>
internal sealed class JobTopic(Guid jobId, int capacity)
{
    private readonly Queue<(long Number, JobEvent Event)> _recent = new();
    private readonly HashSet<JobWatcher> _watchers = [];
    private readonly Lock _lock = new();
    private long _published;

    public Guid JobId => jobId;

    /// <summary>The clock's timestamp of the latest event; guarded by the lock of whoever keeps the topics.</summary>
    public long LatestAt { get; set; }

    public bool IsWatched
    {
        get
        {
            lock (_lock) return _watchers.Count > 0;
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _recent.Count == 0;
        }
    }

    /// <summary>Remembers an event and offers it to every watcher, all in the order of publication.</summary>
    public void Publish(JobEvent jobEvent)
    {
        lock (_lock)
        {
            if (_recent.Count == capacity) _recent.Dequeue();
            _recent.Enqueue((++_published, jobEvent));
            foreach (var watcher in _watchers) watcher.Offer(jobEvent);
        }
    }

    /// <summary>Adds a watcher, which hears everything published from now on.</summary>
    /// <returns>The number of the latest event it will not hear.</returns>
    public long Add(JobWatcher watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
            return _published;
        }
    }

    public void Remove(JobWatcher watcher)
    {
        lock (_lock) _watchers.Remove(watcher);
    }

    /// <summary>The remembered events up to a number that come after a cursor, oldest first.</summary>
    public IReadOnlyList<JobEvent> Recall(long upTo, EventCursor? after)
    {
        lock (_lock)
        {
            return [.. _recent.Where(entry => entry.Number <= upTo && (after is null || entry.Event.Cursor > after)).Select(entry => entry.Event)];
        }
    }
}
