using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Admin.Queue;

/// <summary>What waits and what runs.</summary>
/// <param name="Lanes">One for every lane.</param>
/// <param name="Owners">The owners with the most unfinished jobs, busiest first.</param>
/// <param name="DeadLetters">How many dead letters there are.</param>
/// <param name="BellDepth">Entries that were rung and that no worker has taken yet.</param>
/// <param name="BellCapacity">How many there may be.</param>
public sealed record QueueStateResource(
    IReadOnlyList<LaneResource> Lanes, IReadOnlyList<OwnerDepthResource> Owners, long DeadLetters, long BellDepth, int BellCapacity)
{
    internal static QueueStateResource From(QueueOverview queue, long bellDepth, int bellCapacity) => new(
        [.. queue.Lanes.Select(lane => new LaneResource(WireName(lane.Lane), lane.Due, lane.Delayed, lane.Processing, lane.OldestDue))],
        [.. queue.Owners.Select(owner => new OwnerDepthResource(owner.Owner.Text, owner.Pending, owner.Processing))],
        queue.DeadLetters,
        bellDepth,
        bellCapacity);

    internal static string WireName(JobLane lane) => lane == JobLane.Interactive ? "interactive" : "batch";
}

/// <summary>What waits and runs in a lane.</summary>
/// <param name="Lane">interactive, for whoever waits, or batch.</param>
/// <param name="Due">Jobs that could begin now.</param>
/// <param name="Delayed">Jobs that pause before another attempt.</param>
/// <param name="Processing">Jobs that workers hold.</param>
/// <param name="OldestDue">When the job that has been due for longest was accepted; null when none is due.</param>
public sealed record LaneResource(string Lane, long Due, long Delayed, long Processing, DateTimeOffset? OldestDue);

/// <summary>What waits and runs for an owner.</summary>
/// <param name="Owner">The owner's written form.</param>
/// <param name="Pending">Jobs that wait.</param>
/// <param name="Processing">Jobs that workers hold.</param>
public sealed record OwnerDepthResource(string Owner, long Pending, long Processing);

/// <summary>A worker and what it has in hand.</summary>
/// <param name="Worker">The worker's name: its machine, its process, and a random part.</param>
/// <param name="Since">When the job that it has held for longest began.</param>
/// <param name="Jobs">What it holds.</param>
public sealed record WorkerResource(string Worker, DateTimeOffset? Since, IReadOnlyList<AdminJobResource> Jobs);

/// <summary>A job as administrators see it: whose, what, and how far, but not its pictures or its words.</summary>
public sealed record AdminJobResource
{
    /// <summary>Identifies the job.</summary>
    public required Guid Id { get; init; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; init; }

    /// <summary>The operation.</summary>
    public required string Operation { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Status { get; init; }

    /// <summary>interactive or batch.</summary>
    public required string Lane { get; init; }

    /// <summary>The latest attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many attempts failed.</summary>
    public required int Failures { get; init; }

    /// <summary>How far the attempt is, 0–1.</summary>
    public required double Progress { get; init; }

    /// <summary>What the attempt is doing.</summary>
    public required string? Stage { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the latest attempt began.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the lease ends unless the worker renews it.</summary>
    public required DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the latest failed attempt failed.</summary>
    public required JobErrorResource? Error { get; init; }

    internal static AdminJobResource From(Job job) => new()
    {
        Id = job.Id,
        Owner = job.Owner.Text,
        Operation = job.Operation,
        Status = job.State.WireName(),
        Lane = QueueStateResource.WireName(job.Lane),
        Attempt = job.Attempt,
        Failures = job.Failures,
        Progress = job.Progress,
        Stage = job.Stage,
        CreatedAt = job.CreatedAt,
        StartedAt = job.StartedAt,
        LeaseUntil = job.LeaseUntil,
        FinishedAt = job.FinishedAt,
        Error = job.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
    };
}
