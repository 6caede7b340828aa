using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events;

/// <summary>The watchers of whole owners in this process. Telling costs nothing while there are none. Thread-safe.</summary>
internal sealed class OwnerWatchers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Owner, OwnerWatcher[]> _watchers = [];
    private int _count;

    /// <summary>Whether nobody watches.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>A new watcher of an owner.</summary>
    public IJobSubscription Add(Owner owner, int capacity)
    {
        var watcher = new OwnerWatcher(this, owner, capacity);
        lock (_lock)
        {
            _watchers[owner] = [.. _watchers.GetValueOrDefault(owner) ?? [], watcher];
            _count++;
        }

        return watcher;
    }

    /// <summary>Hands an event to the watchers of its owner. What is told again under the id of a flow or a batch is passed over.</summary>
    public void Tell(JobEvent jobEvent)
    {
        if (IsEmpty || jobEvent.JobId == jobEvent.FlowId || jobEvent.JobId == jobEvent.BatchId) return;
        OwnerWatcher[]? watchers;
        lock (_lock) _watchers.TryGetValue(jobEvent.Owner, out watchers);
        foreach (var watcher in watchers ?? []) watcher.Offer(jobEvent);
    }

    private void Remove(OwnerWatcher watcher)
    {
        lock (_lock)
        {
            OwnerWatcher[] left = [.. _watchers[watcher.Owner].Where(other => other != watcher)];
            if (left.Length == 0) _watchers.Remove(watcher.Owner);
            else _watchers[watcher.Owner] = left;
            _count--;
        }
    }

    private sealed class OwnerWatcher(OwnerWatchers watchers, Owner owner, int capacity) : IJobSubscription
    {
        private readonly WatcherQueue _queue = new(capacity);

        public Owner Owner => owner;

        public void Offer(JobEvent jobEvent) => _queue.Offer(jobEvent);

        public IReadOnlyList<JobEvent> Replay(EventCursor? after) => [];

        public IAsyncEnumerable<JobEvent> ReadAllAsync(CancellationToken cancellationToken) => _queue.ReadAllAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            if (_queue.Close()) watchers.Remove(this);
            return ValueTask.CompletedTask;
        }
    }
}
