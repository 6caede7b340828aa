using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Keeps the memory of all runs together within a budget. Runs are admitted in the order they came: a large one at the
/// head is not overtaken by small ones behind it, so that each is admitted in the end.
/// </summary>
public sealed class MemoryAdmission : IDisposable
{
    // The limiter counts in 32-bit permits; a permit is a mebibyte.
    private const long Unit = 1 << 20;

    private readonly ConcurrencyLimiter _limiter;
    private readonly ManualResetEventSlim _isHeld = new();
    private readonly Lock _counting = new();
    private readonly int _units;
    private int _holders;

    /// <summary>Sets up the budget that the options ask for, in whole mebibytes.</summary>
    public MemoryAdmission(IOptions<InferenceOptions> options, OnnxSessions? models = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _units = (int)Math.Clamp(options.Value.EffectiveMemoryBytes / Unit, 1, int.MaxValue);
        Process = new(Budget, () => models?.LoadedBytes ?? 0);
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

    /// <summary>What the process really takes.</summary>
    internal ProcessMemory Process { get; }

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
            Begin();
            Process.Keep(bytes);
            return new Share(this, lease);
        }

        lease.Dispose();
        throw new InferenceException(InferenceFault.Busy, "inference_busy", "The studio's memory is taken; try again shortly.")
        {
            RetryAfter = TimeSpan.FromSeconds(10),
        };
    }

    /// <summary>Waits until runs hold memory.</summary>
    internal void WaitUntilHeld(CancellationToken cancellationToken) => _isHeld.Wait(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _limiter.Dispose();
        _isHeld.Dispose();
    }

    private void Begin()
    {
        lock (_counting)
        {
            if (_holders++ > 0) return;
            Process.NoteIdle();
            _isHeld.Set();
        }
    }

    private void End()
    {
        lock (_counting)
        {
            if (--_holders == 0) _isHeld.Reset();
        }
    }

    /// <summary>What a run holds until it is over.</summary>
    private sealed class Share(MemoryAdmission memory, RateLimitLease lease) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) != 0) return;
            memory.End();
            lease.Dispose();
        }
    }
}
