using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Core.Flows;

/// <summary>
/// The same steps over many pictures: one flow an item, all of them at once. An item that fails stops no other. The batch itself
/// has no state of its own; it follows from its flows.
/// </summary>
/// <param name="Id">Identifies the batch.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Steps">What is done to every picture.</param>
/// <param name="Items">The pictures, in the order they were sent; refused ones included.</param>
/// <param name="CreatedAt">When it was accepted.</param>
public sealed record Batch(Guid Id, Owner Owner, IReadOnlyList<FlowStep> Steps, IReadOnlyList<BatchItem> Items, DateTimeOffset CreatedAt)
{
    /// <summary>When its owner called it off.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
}

/// <summary>One picture of a batch.</summary>
/// <param name="Name">What the caller called it: a file name, a URL or an id.</param>
/// <param name="ImageId">Its record; null when it was refused.</param>
/// <param name="Refusal">Why it was refused before it became a job.</param>
public sealed record BatchItem(string Name, Guid? ImageId, JobFailure? Refusal = null);

/// <summary>How many items of a batch stand where.</summary>
/// <param name="Pending">Items none of whose steps has begun.</param>
/// <param name="Processing">Items between their first claim and their end.</param>
/// <param name="Completed">Items that are done.</param>
/// <param name="Failed">Items that failed, refused ones included.</param>
/// <param name="Cancelled">Items that were called off.</param>
public sealed record BatchTally(int Pending, int Processing, int Completed, int Failed, int Cancelled)
{
    /// <summary>Every item.</summary>
    public int Total => Pending + Processing + Completed + Failed + Cancelled;

    /// <summary>Items that have reached their end.</summary>
    public int Ended => Completed + Failed + Cancelled;

    /// <summary>
    /// The state that follows. A batch is completed when it has ended and at least one item is done; it is cancelled when it was
    /// called off before its last item had ended.
    /// </summary>
    /// <param name="calledOff">Whether its owner called the batch off.</param>
    public JobState State(bool calledOff) => this switch
    {
        _ when Ended < Total => Processing + Completed + Cancelled > 0 ? JobState.Processing : JobState.Pending,
        { Cancelled: > 0 } when calledOff => JobState.Cancelled,
        { Completed: > 0 } => JobState.Completed,
        { Failed: > 0 } => JobState.Failed,
        _ => JobState.Cancelled,
    };
}
