using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Core.Jobs;

/// <summary>One run of one operation, from acceptance to its terminal state.</summary>
public sealed record Job
{
    /// <summary>Identifies the job; version 7, so ids sort by time of creation.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose job it is.</summary>
    public required Owner Owner { get; init; }

    /// <summary>
    /// Whose folder has its results, where that is not <see cref="Owner"/>'s: a job that was adopted keeps writing where it began.
    /// </summary>
    public Owner? StoredFor { get; init; }

    /// <summary>Whose folder has its results.</summary>
    public Owner StorageOwner => StoredFor ?? Owner;

    /// <summary>The operation's wire name.</summary>
    public required string Operation { get; init; }

    /// <summary>The validated parameters as JSON, as written by <see cref="Operations.OperationParameters.ToJson"/>.</summary>
    public required string Parameters { get; init; }

    /// <summary>What the engine is given in place of the parameters' prompt; null where it gets the parameters as they are.</summary>
    public JobRefinement? Refinement { get; init; }

    /// <summary>The stored pictures it works on.</summary>
    public required IReadOnlyList<JobInput> Inputs { get; init; }

    /// <summary>Who goes first.</summary>
    public JobLane Lane { get; init; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; init; }

    /// <summary>How often a worker has claimed it. The number is the fencing token: only its latest holder may write.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts have failed.</summary>
    public int Failures { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>It is not claimed before this.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>When the latest attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached its terminal state.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The worker that holds it.</summary>
    public string? Worker { get; init; }

    /// <summary>When the holder's lease ends unless it is renewed.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>How far the latest attempt is, 0–1.</summary>
    public double Progress { get; init; }

    /// <summary>What the latest attempt is doing, as the engine says.</summary>
    public string? Stage { get; init; }

    /// <summary>Why the latest failed attempt failed; the reason of the job's failure once it is failed.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>Whether it failed although another attempt could have succeeded, so that an operator may want to replay it.</summary>
    public bool DeadLetter { get; init; }

    /// <summary>What ran it; set when completed.</summary>
    public EngineReport? Engine { get; init; }

    /// <summary>The result's JSON for an operation that delivers data.</summary>
    public string? Data { get; init; }

    /// <summary>The flow it is a step of.</summary>
    public Guid? FlowId { get; init; }

    /// <summary>Which step of the flow it is, from 0.</summary>
    public int FlowStep { get; init; }

    /// <summary>The batch that flow is an item of.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>The W3C trace context of the request that submitted it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>A stored picture that a job works on.</summary>
/// <param name="Slot">The input slot's wire name.</param>
/// <param name="ImageId">The picture's record.</param>
/// <param name="BlobKey">Where its bytes are.</param>
public sealed record JobInput(string Slot, Guid ImageId, string BlobKey);
