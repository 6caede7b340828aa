using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Jobs;

/// <summary>Something that happened to a job, for whoever watches.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Cursor">Its place in the job's history.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When.</param>
public sealed record JobEvent(Guid JobId, Owner Owner, EventCursor Cursor, JobEventType Type, DateTimeOffset At)
{
    /// <summary>The flow the job is a step of; its watchers hear the event too.</summary>
    public Guid? FlowId { get; init; }

    /// <summary>Which step of the flow it is, from 0.</summary>
    public int FlowStep { get; init; }

    /// <summary>The batch that flow is an item of; its watchers hear where jobs begin and end, and not how far they are.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>How far the attempt is, 0–1.</summary>
    public double? Progress { get; init; }

    /// <summary>What the engine is doing.</summary>
    public string? Stage { get; init; }

    /// <summary>The blob of a preview picture; handed out as a URL.</summary>
    public string? PreviewKey { get; init; }

    /// <summary>Why an attempt failed.</summary>
    public JobFailure? Failure { get; init; }
}

/// <summary>Makes events and tells them to everyone they concern.</summary>
public static class JobEvents
{
    /// <summary>An event of a job.</summary>
    public static JobEvent Of(Job job, EventCursor cursor, JobEventType type, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobEvent(job.Id, job.Owner, cursor, type, at) { FlowId = job.FlowId, FlowStep = job.FlowStep, BatchId = job.BatchId };
    }

    /// <summary>
    /// Tells the watchers of the job, of its flow and of its batch. A flow and a batch are watched by their own ids, as if they were
    /// jobs; their watchers take an event for a hint to look at the store.
    /// </summary>
    public static async ValueTask TellAsync(this IJobEvents events, JobEvent jobEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(jobEvent);
        await events.PublishAsync(jobEvent, cancellationToken);
        if (jobEvent.FlowId is { } flow) await events.PublishAsync(jobEvent with { JobId = flow }, cancellationToken);
        if (jobEvent.BatchId is { } batch && jobEvent.Type is not (JobEventType.Progress or JobEventType.Preview))
            await events.PublishAsync(jobEvent with { JobId = batch }, cancellationToken);
    }
}

/// <summary>The kinds of event. The terminal ones are a hint to look at the store, which has the truth.</summary>
public enum JobEventType
{
    /// <summary>Accepted, or pending again.</summary>
    Queued,

    /// <summary>A worker has it.</summary>
    Started,

    /// <summary>It got further.</summary>
    Progress,

    /// <summary>A preview can be seen.</summary>
    Preview,

    /// <summary>An attempt failed and another will be made.</summary>
    Retrying,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>
/// The id of an event, written <c>attempt.sequence</c>. Later attempts come after earlier ones, so that a watcher can
/// resume over a retry.
/// </summary>
/// <param name="Attempt">The attempt it belongs to; 0 before the first.</param>
/// <param name="Sequence">Its number within the attempt, from 1.</param>
public readonly record struct EventCursor(int Attempt, long Sequence) : IComparable<EventCursor>
{
    /// <summary>The cursor of the event that says a job was accepted.</summary>
    public static EventCursor Accepted { get; } = new(0, 1);

    /// <summary>
    /// The cursor of the one event that ends an attempt, whoever tells it: the worker, the sweeper, or whoever called the
    /// job off. It comes after everything the attempt itself told, which those others cannot count.
    /// </summary>
    public static EventCursor EndOf(int attempt) => new(attempt, int.MaxValue);

    /// <summary>Reads <c>attempt.sequence</c>.</summary>
    public static bool TryParse(string? text, out EventCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [var attempt, var sequence]) return false;
        if (!int.TryParse(attempt, System.Globalization.NumberStyles.None, null, out var a)) return false;
        if (!long.TryParse(sequence, System.Globalization.NumberStyles.None, null, out var s)) return false;

        cursor = new EventCursor(a, s);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(EventCursor other) =>
        Attempt != other.Attempt ? Attempt.CompareTo(other.Attempt) : Sequence.CompareTo(other.Sequence);

    /// <summary>Whether the left comes before the right.</summary>
    public static bool operator <(EventCursor left, EventCursor right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left comes after the right.</summary>
    public static bool operator >(EventCursor left, EventCursor right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left does not come after the right.</summary>
    public static bool operator <=(EventCursor left, EventCursor right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left does not come before the right.</summary>
    public static bool operator >=(EventCursor left, EventCursor right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Attempt}.{Sequence}";
}
