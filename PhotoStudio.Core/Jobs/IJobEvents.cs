using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Jobs;

/// <summary>
/// Carries job events from workers to watchers. Best effort: nothing is lost for good when an event is, since the
/// store has the state. Recent events of a job can be replayed.
/// </summary>
public interface IJobEvents
{
    /// <summary>Tells every watcher of the job.</summary>
    ValueTask PublishAsync(JobEvent jobEvent, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to watch a job. Events published after this call has returned reach the subscription; so subscribe first,
    /// then read the snapshot from the store.
    /// </summary>
    Task<IJobSubscription> SubscribeAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to watch every job of an owner. Nothing is remembered for such a watcher: subscribe first, then read the store.
    /// </summary>
    Task<IJobSubscription> SubscribeAsync(Owner owner, CancellationToken cancellationToken);
}

/// <summary>One watcher of one job, or of one owner's. Disposing ends it.</summary>
public interface IJobSubscription : IAsyncDisposable
{
    /// <summary>Remembered events after a cursor, oldest first; all that are remembered when it is null.</summary>
    IReadOnlyList<JobEvent> Replay(EventCursor? after);

    /// <summary>
    /// Events as they come, until cancelled. A watcher that falls behind loses progress events first and never the latest one.
    /// </summary>
    IAsyncEnumerable<JobEvent> ReadAllAsync(CancellationToken cancellationToken);
}
