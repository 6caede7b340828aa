using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Running;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>
/// How many requests are in the house at once: one for each slot and each place in the queue. A request holds its place from before
/// its pictures are read until its answer is written, so that neither the one nor the other piles up in memory.
/// </summary>
internal sealed class RunPlaces(RunSlots slots, IOptions<InferenceOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = slots.Count + options.Value.QueueLength,
        QueueLimit = 0,
    });

    /// <summary>Takes a place; disposing it gives it back.</summary>
    /// <exception cref="InferenceException">Every place is taken (<see cref="InferenceFault.Busy"/>).</exception>
    public IDisposable Take()
    {
        var lease = _limiter.AttemptAcquire();
        if (lease.IsAcquired) return lease;

        lease.Dispose();
        throw slots.Full();
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
