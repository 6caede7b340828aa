using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Core.Flows;

/// <summary>Reads flows and batches. They are written by the job store, together with their jobs.</summary>
public interface IFlowStore
{
    /// <summary>An owner's flow; null when there is none or it is another owner's.</summary>
    Task<Flow?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>A flow whoever owns it: for event streams that were authorized by other means.</summary>
    Task<Flow?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>An owner's flows that are no items of a batch, newest first.</summary>
    Task<Page<Flow>> ListAsync(Owner owner, JobState? state, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The jobs of an owner's flows so far, by flow, each flow's in the order of its steps.</summary>
    Task<ILookup<Guid, Job>> JobsOfAsync(Owner owner, IReadOnlyCollection<Guid> flowIds, CancellationToken cancellationToken);

    /// <summary>An owner's batch; null when there is none or it is another owner's.</summary>
    Task<Batch?> FindBatchAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>A batch whoever owns it: for event streams that were authorized by other means.</summary>
    Task<Batch?> FindBatchAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>An owner's batches, newest first.</summary>
    Task<Page<Batch>> ListBatchesAsync(Owner owner, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The flows of a batch, by their place in it.</summary>
    Task<IReadOnlyList<Flow>> FlowsOfAsync(Owner owner, Guid batchId, CancellationToken cancellationToken);

    /// <summary>
    /// How many flows of each of these batches stand where, and when the latest of them ended. Items that were refused have no flow
    /// and are not counted. A batch without flows is not in it.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, (BatchTally Tally, DateTimeOffset? LatestEnd)>> TallyAsync(
        Owner owner, IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken);

    /// <summary>The mean run time of each operation's latest completed jobs; an operation that has none is not in it.</summary>
    Task<IReadOnlyDictionary<string, TimeSpan>> MeanDurationsAsync(
        IReadOnlyCollection<string> operations, CancellationToken cancellationToken);
}
