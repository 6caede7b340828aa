using System.Threading.Channels;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>
/// The events that wait for one watcher. It is bounded: a watcher that falls behind loses the oldest progress and preview
/// events first, and never the latest event.
/// </summary>
internal sealed class EventMailbox
{
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly List<JobEvent> _waiting = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
    });

    /// <summary>Puts an event in.</summary>
    public void Offer(JobEvent jobEvent)
    {
        lock (_lock)
        {
            if (_waiting.Count == Capacity)
            {
                var expendable = _waiting.FindIndex(waiting => waiting.Type is JobEventType.Progress or JobEventType.Preview);
                _waiting.RemoveAt(Math.Max(0, expendable));
            }

            _waiting.Add(jobEvent);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Takes everything that waits, oldest first.</summary>
    public IReadOnlyList<JobEvent> TakeAll()
    {
        lock (_lock)
        {
            _signal.Reader.TryRead(out _);
            JobEvent[] taken = [.. _waiting];
            _waiting.Clear();
            return taken;
        }
    }

    /// <summary>Waits until something is there or the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task arrival = _signal.Reader.WaitToReadAsync(patience.Token).AsTask();
        await arrival.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The reader must not be left waiting: the next wait would be a second reader.
        await patience.CancelAsync();
        await arrival.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
