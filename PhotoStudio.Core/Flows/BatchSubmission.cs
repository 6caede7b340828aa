using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Core.Flows;

/// <summary>A batch as it is handed in. Everything it names is inserted in one transaction, or nothing is.</summary>
/// <param name="Id">Identifies the batch; made by the submitter, version 7.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Steps">What is done to every picture.</param>
/// <param name="Items">The pictures in the order they were sent; at least one of them with a job.</param>
public sealed record BatchSubmission(Guid Id, Owner Owner, IReadOnlyList<FlowStep> Steps, IReadOnlyList<BatchItemSubmission> Items)
{
    /// <summary>The caller's idempotency key, if there is one.</summary>
    public IdempotencyKey? Idempotency { get; init; }
}

/// <summary>One picture of a batch as it is handed in.</summary>
/// <param name="Item">What is known of it.</param>
/// <param name="Job">
/// The job of its first step, with the plan of its flow; null when the picture was refused. A picture that came with the
/// request is among the uploads of the first job that works on it.
/// </param>
public sealed record BatchItemSubmission(BatchItem Item, JobSubmission? Job);

/// <summary>What became of a submitted batch.</summary>
public abstract record BatchOutcome
{
    private BatchOutcome()
    {
    }

    /// <summary>A new batch.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Jobs">The jobs of the first steps.</param>
    public sealed record Accepted(Batch Batch, IReadOnlyList<Job> Jobs) : BatchOutcome
    {
        /// <summary>Where the owner stands with the daily quota that has least left; null when the batch costs nothing.</summary>
        public QuotaStanding? Quota { get; init; }
    }

    /// <summary>The key was seen before with the same content: the batch it made then. Nothing was inserted.</summary>
    public sealed record Repeated(Guid BatchId) : BatchOutcome;

    /// <summary>The key was seen before with other content. Nothing was inserted.</summary>
    public sealed record KeyReused : BatchOutcome;

    /// <summary>With it the owner would have more unfinished jobs than allowed. Nothing was inserted.</summary>
    /// <param name="Limit">How many are allowed.</param>
    /// <param name="Unfinished">How many there are.</param>
    public sealed record QueueFull(int Limit, int Unfinished) : BatchOutcome;

    /// <summary>It costs more of a daily quota than is left. Nothing was inserted.</summary>
    /// <param name="Quota">Where the owner stands with it.</param>
    public sealed record QuotaExceeded(QuotaStanding Quota) : BatchOutcome;
}
