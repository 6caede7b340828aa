namespace PhotoStudio.Core.Jobs;

/// <summary>
/// Tells workers that a job waits. The bell holds no truth: an entry that is lost is rung again by the dispatcher,
/// an entry too many finds nothing to claim. It is bounded; when it is full the dispatcher rings later.
/// </summary>
public interface IJobBell
{
    /// <summary>Rings for a job. False when the bell is full; the job is safe in the store.</summary>
    ValueTask<bool> TryRingAsync(BellEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for an entry, interactive ones first; null when none came in <paramref name="wait"/>. A delivery that is not
    /// acknowledged, because its consumer died, is delivered again to another.
    /// </summary>
    Task<BellDelivery?> ReceiveAsync(string consumer, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The job was claimed, or there was nothing to claim: the entry is done with.</summary>
    ValueTask AcknowledgeAsync(BellDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Entries rung and not yet acknowledged.</summary>
    ValueTask<long> DepthAsync(CancellationToken cancellationToken);

    /// <summary>How many entries it takes before it is full.</summary>
    int Capacity { get; }
}

/// <summary>What is rung: the job's id and the trace it belongs to.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="TraceParent">W3C trace context.</param>
public sealed record BellEntry(Guid JobId, JobLane Lane = JobLane.Interactive, string? TraceParent = null);

/// <summary>An entry in a consumer's hands.</summary>
/// <param name="Entry">What was rung.</param>
/// <param name="Receipt">Identifies the delivery to the bell.</param>
public sealed record BellDelivery(BellEntry Entry, string Receipt);
