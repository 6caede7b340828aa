using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Jobs;

/// <summary>Everybody's jobs, for administrators.</summary>
public interface IJobAdministration
{
    /// <summary>What waits and what runs.</summary>
    /// <param name="owners">How many of the busiest owners are named.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<QueueOverview> QueueAsync(int owners, CancellationToken cancellationToken);

    /// <summary>The jobs that workers hold, the longest-held first.</summary>
    Task<IReadOnlyList<Job>> RunningAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Jobs that were given up although another attempt could have succeeded, the last one first.</summary>
    /// <param name="operation">Only of this operation; null for any.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Page<Job>> DeadLettersAsync(string? operation, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Has a dead letter tried again, and its flow go on. It takes nothing of the owner's quota, which got the charge back when the job
    /// failed. Null when there is no such dead letter.
    /// </summary>
    Task<Job?> ReplayAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Gives a dead letter up; the job stays failed. Null when there is no such dead letter.</summary>
    Task<Job?> DiscardAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Removes jobs that ended at least so long ago, whole pipelines and batches at a time. The pictures they made stay and have no job
    /// any more. Dead letters stay until they are replayed or discarded.
    /// </summary>
    /// <returns>How many jobs were removed; 0 when there are no more.</returns>
    Task<int> RemoveFinishedAsync(TimeSpan age, int limit, CancellationToken cancellationToken);
}

/// <summary>What waits and what runs.</summary>
/// <param name="Lanes">One for every lane.</param>
/// <param name="Owners">The owners with the most unfinished jobs, busiest first.</param>
/// <param name="DeadLetters">How many dead letters there are.</param>
public sealed record QueueOverview(IReadOnlyList<LaneDepth> Lanes, IReadOnlyList<OwnerDepth> Owners, long DeadLetters);

/// <summary>What waits and runs in a lane.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Due">Jobs that could begin now.</param>
/// <param name="Delayed">Jobs that pause before another attempt.</param>
/// <param name="Processing">Jobs that workers hold.</param>
/// <param name="OldestDue">When the job that has been due for longest was accepted; null when none is due.</param>
public sealed record LaneDepth(JobLane Lane, long Due, long Delayed, long Processing, DateTimeOffset? OldestDue);

/// <summary>What waits and runs for an owner.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Pending">Jobs that wait.</param>
/// <param name="Processing">Jobs that workers hold.</param>
public sealed record OwnerDepth(Owner Owner, long Pending, long Processing);
