using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// The places where runs happen and the bounded queue in front of them, first come first served.
/// Whoever cancels while waiting leaves the queue.
/// </summary>
public sealed class RunSlots : IDisposable
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    private readonly ConcurrencyLimiter _limiter;
    private readonly int _queueLength;
    private readonly Lock _lock = new();
    private TimeSpan _meanRun = TimeSpan.FromSeconds(1);

    /// <summary>Makes the slots and the queue that the options ask for.</summary>
    public RunSlots(IOptions<InferenceOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Count = options.Value.EffectiveSlots;
        _queueLength = options.Value.QueueLength;
        _limiter = new(new ConcurrencyLimiterOptions
        {
            PermitLimit = Count,
            QueueLimit = _queueLength,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Runs at a time.</summary>
    public int Count { get; }

    /// <summary>Runs that wait for a slot.</summary>
    public int Waiting => (int)_limiter.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Runs that have a slot.</summary>
    public int Running => Count - (int)_limiter.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Whether every slot and every place in the queue is taken.</summary>
    public bool IsFull => Running >= Count && Waiting >= _queueLength;

    /// <summary>Waits for a slot; disposing the result gives it back.</summary>
    /// <exception cref="InferenceException">
    /// Every slot and every place in the queue is taken (<see cref="InferenceFault.Busy"/>).
    /// </exception>
    public async ValueTask<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        var lease = await _limiter.AcquireAsync(1, cancellationToken);
        if (lease.IsAcquired) return lease;

        lease.Dispose();
        throw Full();
    }

    /// <summary>What whoever finds every slot and every place in the queue taken is told.</summary>
    internal InferenceException Full() => new(InferenceFault.Busy, "inference_busy", "The studio is busy; try again shortly.")
    {
        RetryAfter = RetryAfter(),
    };

    /// <summary>Tells how long a run kept its slot, for the estimate of when a place will be free.</summary>
    public void Report(TimeSpan run)
    {
        // Exponential smoothing over about the last ten runs.
        lock (_lock) _meanRun += (run - _meanRun) / 10;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private TimeSpan RetryAfter()
    {
        TimeSpan mean;
        lock (_lock) mean = _meanRun;
        var wait = mean * (Waiting + 1) / Count;
        return TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, LongestRetryAfter.TotalSeconds)));
    }
}
