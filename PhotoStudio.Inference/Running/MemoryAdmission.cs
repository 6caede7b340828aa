using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Keeps the memory of all runs together within a budget. Runs are admitted in the order they came: a large one at the
/// head is not overtaken by small ones behind it, so that each is admitted in the end.
/// </summary>
public sealed class MemoryAdmission : IDisposable
{
    // The limiter counts in 32-bit permits; a permit is a mebibyte.
    private const long Unit = 1 << 20;

    /// <summary>What may be allocated between two collections that are asked for here, in bytes.</summary>
    private const long Slack = 64 << 20;

    private readonly ConcurrencyLimiter _limiter;
    private readonly Lock _collecting = new();
    private readonly int _units;
    private long _allocated;

    /// <summary>Sets up the budget that the options ask for, in whole mebibytes.</summary>
    public MemoryAdmission(IOptions<InferenceOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _units = (int)Math.Clamp(options.Value.EffectiveMemoryBytes / Unit, 1, int.MaxValue);
        _limiter = new(new ConcurrencyLimiterOptions
        {
            PermitLimit = _units,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>The whole budget in bytes.</summary>
    public long Budget => _units * Unit;

    /// <summary>Bytes that admitted runs hold, rounded up to whole mebibytes a run.</summary>
    public long Held => Budget - (_limiter.GetStatistics()!.CurrentAvailablePermits * Unit);

    /// <summary>Waits until the bytes are free; disposing the result gives them back.</summary>
    /// <exception cref="InferenceException">
    /// The run needs more than the whole budget (<see cref="InferenceFault.InvalidInput"/>), or
    /// those that wait already ask for more than can be counted (<see cref="InferenceFault.Busy"/>).
    /// </exception>
    public async ValueTask<IDisposable> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var units = (bytes / Unit) + (bytes % Unit == 0 ? 0 : 1);
        if (units > _units)
        {
            throw new InferenceException(
                InferenceFault.InvalidInput,
                "too_large_for_memory",
                $"This would take {units:N0} MiB of memory and the studio may use {_units:N0} MiB. "
                + "Send a smaller picture or ask for a smaller result.");
        }

        var lease = await _limiter.AcquireAsync((int)Math.Max(1, units), cancellationToken);
        if (lease.IsAcquired)
        {
            Collect(bytes);
            return lease;
        }

        lease.Dispose();
        throw new InferenceException(InferenceFault.Busy, "inference_busy", "The studio's memory is taken; try again shortly.")
        {
            RetryAfter = TimeSpan.FromSeconds(10),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    // What finished runs leave behind is theirs no longer and still in memory. Before a run could push the process beyond the
    // budget it is collected; pictures are few large arrays, so that takes milliseconds.
    private void Collect(long bytes)
    {
        lock (_collecting)
        {
            if (GC.GetTotalMemory(forceFullCollection: false) + bytes <= Budget || GC.GetTotalAllocatedBytes() - _allocated < Slack) return;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            _allocated = GC.GetTotalAllocatedBytes();
        }
    }
}
