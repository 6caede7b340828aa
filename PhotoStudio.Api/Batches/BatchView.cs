using PhotoStudio.Api.Pipelines;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

/// <summary>A batch with the flows of its items and their jobs so far.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Items">By place; null where the picture was refused.</param>
public sealed record BatchView(Batch Batch, IReadOnlyList<PipelineView?> Items)
{
    /// <summary>How many items stand where.</summary>
    public BatchTally Tally { get; } = TallyOf(Items);

    /// <summary>Where the batch stands.</summary>
    public JobState State => Tally.State(Batch.CancelledAt is not null);

    /// <summary>How far all of it is, 0–1. What has ended has no more to do.</summary>
    public double Progress => Items.Average(item => item is null || item.Flow.State.IsTerminal() ? 1 : item.Progress);

    /// <summary>When its last item ended; null before.</summary>
    public DateTimeOffset? FinishedAt => State.IsTerminal() ? Items.Max(item => item?.Flow.FinishedAt) ?? Batch.CreatedAt : null;

    /// <summary>Looks at an owner's batch; null when there is none or it is another owner's.</summary>
    public static async Task<BatchView?> FindAsync(IFlowStore flows, Owner owner, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flows);
        if (await flows.FindBatchAsync(owner, id, cancellationToken) is not { } batch) return null;

        var own = await flows.FlowsOfAsync(owner, id, cancellationToken);
        var jobs = await flows.JobsOfAsync(owner, [.. own.Select(flow => flow.Id)], cancellationToken);
        var items = new PipelineView?[batch.Items.Count];
        foreach (var flow in own) items[flow.BatchIndex] = new PipelineView(flow, [.. jobs[flow.Id]]);
        return new BatchView(batch, items);
    }

    private static BatchTally TallyOf(IReadOnlyList<PipelineView?> items)
    {
        int Count(JobState state) => items.Count(item => item is not null && item.Flow.State == state);
        return new BatchTally(
            Count(JobState.Pending),
            Count(JobState.Processing),
            Count(JobState.Completed),
            Count(JobState.Failed) + items.Count(item => item is null),
            Count(JobState.Cancelled));
    }
}
