using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;

namespace PhotoStudio.Core.Jobs;

/// <summary>
/// The truth about jobs. Every change follows <see cref="JobLifecycle"/>, is one transaction, and reads its time from
/// the database's clock. Methods that take an attempt change nothing and answer null when that fencing token no longer holds.
/// </summary>
public interface IJobStore
{
    /// <summary>Inserts the job, its uploads, its flow and its idempotency key together.</summary>
    Task<SubmitOutcome> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken);

    /// <summary>An owner's job; null when there is none or it is another owner's.</summary>
    Task<Job?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>A job whoever owns it: for workers and event streams that were authorized by other means.</summary>
    Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The job an idempotency key made, with the fingerprint it was made with.</summary>
    Task<(Job Job, string Fingerprint)?> FindByKeyAsync(Owner owner, string method, string route, string key, CancellationToken cancellationToken);

    /// <summary>An owner's jobs, newest first.</summary>
    Task<Page<Job>> ListAsync(Owner owner, JobQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many due jobs are ahead of this pending one, and how many are being processed.</summary>
    Task<QueueStanding> StandingAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Takes a due job; null when it is not pending, not due yet, or another worker was faster.</summary>
    Task<Job?> TryClaimAsync(Guid id, string worker, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Renews the lease and stores progress.</summary>
    Task<Job?> RenewAsync(Guid id, int attempt, TimeSpan lease, double progress, string? stage, CancellationToken cancellationToken);

    /// <summary>
    /// Finishes the job, inserts its results as pictures, and inserts the next step of its flow if there is one.
    /// </summary>
    Task<Finished?> CompleteAsync(Guid id, int attempt, JobCompletion completion, CancellationToken cancellationToken);

    /// <summary>Ends the attempt with a failure: pending again after a pause, or failed for good.</summary>
    Task<Job?> FailAsync(Guid id, int attempt, JobFailure failure, CancellationToken cancellationToken);

    /// <summary>Hands the job back without a failure.</summary>
    Task<Job?> ReleaseAsync(Guid id, int attempt, CancellationToken cancellationToken);

    /// <summary>Calls an owner's job off. Null when there is no such job; a finished job is answered as it is.</summary>
    Task<Job?> CancelAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>Inserts a batch: its flows, their first jobs, the uploads and the idempotency key together.</summary>
    Task<BatchOutcome> SubmitBatchAsync(BatchSubmission submission, CancellationToken cancellationToken);

    /// <summary>
    /// Calls an owner's flow off by its current job. Null when there is no such flow; a flow that has ended is answered as it is.
    /// </summary>
    Task<CancelledFlow?> CancelFlowAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Calls off every flow of an owner's batch that has not ended, and no other. Null when there is no such batch; one that has ended
    /// is not changed.
    /// </summary>
    Task<CancelledBatch?> CancelBatchAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Due jobs for the dispatcher to ring, ordered by lane, then by rank within their owner, then by age: every owner's
    /// first job comes before any owner's second, and an owner's running jobs count as the first ones. A job is handed out again only
    /// after <paramref name="again"/>, unless it was claimed in between.
    /// </summary>
    Task<IReadOnlyList<DueJob>> TakeDueAsync(int limit, TimeSpan again, CancellationToken cancellationToken);

    /// <summary>Ends attempts whose lease has run out; answers the jobs as they then are.</summary>
    Task<IReadOnlyList<Job>> ExpireLeasesAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ends every lease at once, so that <see cref="ExpireLeasesAsync"/> finds it, and forgets which jobs were handed out for
    /// ringing. Only right where one process has the store to itself, before its workers start: whoever held a lease is
    /// dead then, and the bell that was rung has died with it.
    /// </summary>
    /// <returns>How many leases were ended.</returns>
    Task<int> AbandonLeasesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Finished jobs that may have left blobs of lost attempts behind, finished at least <paramref name="grace"/> ago.
    /// </summary>
    Task<IReadOnlyList<LitteredJob>> LitteredAsync(TimeSpan grace, int limit, CancellationToken cancellationToken);

    /// <summary>Remembers that a job's stray blobs are gone.</summary>
    Task MarkTidyAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Forgets idempotency keys older than <see cref="IdempotencyKey.Lifetime"/>; answers how many.</summary>
    Task<int> ForgetKeysAsync(CancellationToken cancellationToken);
}

/// <summary>A finished job and what comes after it.</summary>
/// <param name="Job">The job, completed.</param>
/// <param name="Next">The flow's next job, inserted in the same transaction.</param>
public sealed record Finished(Job Job, Job? Next);

/// <summary>A flow that was called off, or had ended before.</summary>
/// <param name="Flow">The flow as it is now.</param>
/// <param name="Job">The job that was called off with it; null when the flow had ended already.</param>
public sealed record CancelledFlow(Flow Flow, Job? Job);

/// <summary>A batch that was called off.</summary>
/// <param name="Batch">The batch as it is now.</param>
/// <param name="Jobs">The jobs that were called off with it; none when it had ended already.</param>
public sealed record CancelledBatch(Batch Batch, IReadOnlyList<Job> Jobs);

/// <summary>Which of an owner's jobs are wanted; null means any.</summary>
public sealed record JobQuery(JobState? State = null, string? Operation = null)
{
    /// <summary>Accepted at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>A job that waits for a worker.</summary>
/// <param name="Id">The job.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="TraceParent">The W3C trace context of the request that submitted it.</param>
public sealed record DueJob(Guid Id, JobLane Lane, string? TraceParent);

/// <summary>Where a pending job stands in the queue.</summary>
/// <param name="Ahead">Due jobs in front of it.</param>
/// <param name="Running">Jobs being processed.</param>
/// <param name="MeanDuration">Mean run time of this operation's latest completed jobs; null when there are none yet.</param>
public sealed record QueueStanding(int Ahead, int Running, TimeSpan? MeanDuration);

/// <summary>A finished job whose lost attempts may have written blobs.</summary>
/// <param name="Job">The job.</param>
/// <param name="WinningKeys">The blob keys that count; every other key of the job is litter.</param>
public sealed record LitteredJob(Job Job, IReadOnlyList<string> WinningKeys);
