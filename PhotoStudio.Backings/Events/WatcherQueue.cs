using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events;

/// <summary>
/// Events on their way to one reader. When it lags, the oldest progress and previews make room; the latest event and those that change
/// the job's state stay.
/// </summary>
/// <param name="capacity">How many events wait at most.</param>
internal sealed class WatcherQueue(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private List<JobEvent> _queue = [];
    private bool _closed;

    /// <summary>Queues an event for the reader.</summary>
    public void Offer(JobEvent jobEvent)
    {
        lock (_lock)
        {
            if (_closed) return;
            if (_queue.Count == capacity)
            {
                var droppable = _queue.FindIndex(queued => queued.Type is JobEventType.Progress or JobEventType.Preview);
                _queue.RemoveAt(Math.Max(droppable, 0));
            }

            _queue.Add(jobEvent);
            _news.Writer.TryWrite(true);
        }
    }

    /// <summary>Ends the reading after what is queued. False when it had ended before.</summary>
    public bool Close()
    {
        lock (_lock)
        {
            if (_closed) return false;
            _closed = true;
            _news.Writer.TryWrite(true);
            return true;
        }
    }

    /// <summary>Events as they come, until cancelled or closed.</summary>
    public async IAsyncEnumerable<JobEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _news.Reader.ReadAsync(cancellationToken);
            List<JobEvent> batch;
            bool closed;
            lock (_lock)
            {
                closed = _closed;
                (batch, _queue) = (_queue, []);
            }

            foreach (var jobEvent in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return jobEvent;
            }

            if (closed) yield break;
        }
    }
}
