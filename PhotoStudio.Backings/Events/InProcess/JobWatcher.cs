using System.Runtime.CompilerServices;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events.InProcess;

/// <summary>
/// One watcher. What was published before it came is replayed, what comes after is read: no event is in both. When it
/// lags, the oldest progress and previews make room; the latest event and those that change the job's state stay.
/// </summary>
internal sealed class JobWatcher : IJobSubscription
{
    private readonly InProcessJobEvents _events;
    private readonly JobTopic _topic;
    private readonly int _capacity;
    private readonly long _joinedAt;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0);
    private List<JobEvent> _queue = [];
    private bool _signalled;
    private bool _left;

    public JobWatcher(InProcessJobEvents events, JobTopic topic, int capacity)
    {
        _events = events;
        _topic = topic;
        _capacity = capacity;
        _joinedAt = topic.Add(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<JobEvent> Replay(EventCursor? after) => _topic.Recall(_joinedAt, after);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JobEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellationToken);
            List<JobEvent> batch;
            bool left;
            lock (_lock)
            {
                _signalled = false;
                left = _left;
                (batch, _queue) = (_queue, []);
            }

            foreach (var jobEvent in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return jobEvent;
            }

            if (left) yield break;
        }
    }

    /// <summary>Queues an event for the reader.</summary>
    public void Offer(JobEvent jobEvent)
    {
        lock (_lock)
        {
            if (_left) return;
            if (_queue.Count == _capacity)
            {
                var droppable = _queue.FindIndex(queued => queued.Type is JobEventType.Progress or JobEventType.Preview);
                _queue.RemoveAt(Math.Max(droppable, 0));
            }

            _queue.Add(jobEvent);
            Signal();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_left) return ValueTask.CompletedTask;
            _left = true;
            Signal();
        }

        _events.Leave(_topic, this);
        return ValueTask.CompletedTask;
    }

    private void Signal()
    {
        if (_signalled) return;
        _signalled = true;
        _signal.Release();
    }
}
