using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Core.Flows;

/// <summary>
/// Several operations in a row, each on the result of the one before. Finishing step N inserts the job of step N+1 in the
/// same transaction; a step that fails or is cancelled ends the flow with it.
/// </summary>
/// <param name="Id">Identifies the flow.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Steps">The steps in order, at least one.</param>
/// <param name="CurrentStep">The step that is pending or running, or the last one that was.</param>
/// <param name="State">Where the flow stands.</param>
/// <param name="CreatedAt">When it was accepted.</param>
public sealed record Flow(
    Guid Id,
    Owner Owner,
    IReadOnlyList<FlowStep> Steps,
    int CurrentStep,
    JobState State,
    DateTimeOffset CreatedAt)
{
    /// <summary>When it reached its terminal state.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// Whether the pictures between the steps go once they have been worked on, so that only the last one stays. While the
    /// flow goes on nobody sees them. Where it ends early, the last picture it made is kept: nothing that was paid for is lost.
    /// </summary>
    public bool DropsIntermediates { get; init; }

    /// <summary>The batch it is an item of.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Its place among the batch's items, from 0.</summary>
    public int BatchIndex { get; init; }

    /// <summary>The most steps a flow may have.</summary>
    public const int MaxSteps = 20;
}

/// <summary>One step of a flow.</summary>
/// <param name="Operation">The operation's wire name.</param>
/// <param name="Parameters">Its validated parameters as JSON.</param>
public sealed record FlowStep(string Operation, string Parameters);
