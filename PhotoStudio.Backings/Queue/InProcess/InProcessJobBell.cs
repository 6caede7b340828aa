using System.Globalization;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Queue.InProcess;

/// <summary>
/// The bell of a studio whose API and workers share one process.
/// </summary>
/// <remarks>
/// <para>Outstanding are the entries that wait and those delivered but not acknowledged; together they are never more than
/// <see cref="Capacity"/>. Ringing for a job that waits already does nothing and succeeds. Ringing for a job whose entry is
/// in a consumer's hands adds an entry, because that consumer may have looked before there was something to claim.</para>
/// <para>A consumer here lives as long as the bell and normally acknowledges within milliseconds. One that fails in between
/// costs no place for good: after <see cref="InProcessBellOptions.RedeliverAfter"/> its entry goes back to the front of its
/// lane, found the next time anyone rings, receives or asks for the depth.</para>
/// </remarks>
public sealed class InProcessJobBell(IOptions<InProcessBellOptions> options, TimeProvider time) : IJobBell
{
    private static readonly int Lanes = Enum.GetValues<JobLane>().Length;

    private readonly TimeSpan _redeliverAfter = options.Value.RedeliverAfter;
    private readonly Lock _lock = new();
    private readonly LinkedList<BellEntry>[] _waiting = [.. Enumerable.Range(0, Lanes).Select(_ => new LinkedList<BellEntry>())];
    private readonly HashSet<Guid> _waitingIds = [];
    private readonly OrderedDictionary<string, (BellEntry Entry, long DeliveredAt)> _delivered = new(StringComparer.Ordinal);
    private readonly LinkedList<TaskCompletionSource<BellDelivery>> _consumers = [];
    private long _receipts;

    /// <inheritdoc/>
    public int Capacity { get; } = options.Value.Capacity;

    /// <inheritdoc/>
    public ValueTask<bool> TryRingAsync(BellEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            TakeBackOverdue();
            if (_waitingIds.Contains(entry.JobId)) return ValueTask.FromResult(true);
            if (_waitingIds.Count + _delivered.Count >= Capacity) return ValueTask.FromResult(false);

            Enqueue(entry, first: false);
            ServeConsumers();
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public async Task<BellDelivery?> ReceiveAsync(string consumer, TimeSpan wait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<BellDelivery>> place;
        lock (_lock)
        {
            TakeBackOverdue();
            if (TryDeliver() is { } delivery) return delivery;
            if (wait <= TimeSpan.Zero) return null;
            place = _consumers.AddLast(new TaskCompletionSource<BellDelivery>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            return await place.Value.Task.WaitAsync(wait, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (place.List is not null) _consumers.Remove(place);
            }

            // An entry may have come in the very moment the wait ended; it is in our hands then, wanted or not.
            if (place.Value.Task.IsCompletedSuccessfully) return await place.Value.Task;
            if (exception is TimeoutException) return null;
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask AcknowledgeAsync(BellDelivery delivery, CancellationToken cancellationToken)
    {
        lock (_lock) _delivered.Remove(delivery.Receipt);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<long> DepthAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            TakeBackOverdue();
            return ValueTask.FromResult<long>(_waitingIds.Count + _delivered.Count);
        }
    }

    private void Enqueue(BellEntry entry, bool first)
    {
        if (!_waitingIds.Add(entry.JobId)) return;
        var lane = _waiting[(int)entry.Lane];
        if (first) lane.AddFirst(entry);
        else lane.AddLast(entry);
    }

    private BellDelivery? TryDeliver()
    {
        foreach (var lane in _waiting)
        {
            if (lane.First is not { } node) continue;
            lane.RemoveFirst();
            _waitingIds.Remove(node.Value.JobId);

            BellDelivery delivery = new(node.Value, (++_receipts).ToString(CultureInfo.InvariantCulture));
            _delivered.Add(delivery.Receipt, (node.Value, time.GetTimestamp()));
            return delivery;
        }

        return null;
    }

    private void ServeConsumers()
    {
        while (_consumers.First is { } consumer && TryDeliver() is { } delivery)
        {
            _consumers.RemoveFirst();
            consumer.Value.SetResult(delivery);
        }
    }

    private void TakeBackOverdue()
    {
        // Deliveries are in the order they were made: the first that is young enough ends the search.
        while (_delivered.Count > 0 && time.GetElapsedTime(_delivered.GetAt(0).Value.DeliveredAt) >= _redeliverAfter)
        {
            var entry = _delivered.GetAt(0).Value.Entry;
            _delivered.RemoveAt(0);
            Enqueue(entry, first: true);
        }

        ServeConsumers();
    }
}
