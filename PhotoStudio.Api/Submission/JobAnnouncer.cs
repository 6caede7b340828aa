using PhotoStudio.Api.Styles;
using PhotoStudio.Api.Telemetry;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Submission;

/// <summary>
/// Tells workers and watchers about jobs once the store has them. Best effort: the dispatcher rings what was not rung, and
/// watchers read the state from the store.
/// </summary>
public sealed partial class JobAnnouncer(
    IJobStore jobs, IJobBell bell, IJobEvents events, IStyleOpinions styles, TimeProvider time, ILogger<JobAnnouncer> logger)
{
    /// <summary>Announces a job that was accepted.</summary>
    public async Task AcceptedAsync(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        ApiTelemetry.Enqueued(job);
        await PublishAsync(JobEvents.Of(job, EventCursor.Accepted, JobEventType.Queued, time.GetUtcNow()));
        try
        {
            await bell.TryRingAsync(new BellEntry(job.Id, job.Lane, job.TraceParent), CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogNotRung(logger, exception, job.Id);
        }

        await CountStyleAsync(job);
    }

    private async Task CountStyleAsync(Job job)
    {
        if (StyleIds.Of(job) is not { } style) return;
        try
        {
            await styles.CountUseAsync(job.Owner, style, CancellationToken.None);
        }
        catch (StorageException exception)
        {
            LogNotCounted(logger, exception, style, job.Id);
        }
    }

    /// <summary>
    /// Calls an owner's job off and tells its watchers. Null when there is no such job; a finished job is answered as it is.
    /// </summary>
    public async Task<Job?> CancelAsync(Owner owner, Guid jobId, CancellationToken cancellationToken)
    {
        var job = await jobs.CancelAsync(owner, jobId, cancellationToken);
        if (job is { State: JobState.Cancelled }) await TellCancelledAsync(job);
        return job;
    }

    /// <summary>Calls an owner's flow off and tells its watchers. Null when there is no such flow; one that has ended is answered as it is.</summary>
    public async Task<Flow?> CancelFlowAsync(Owner owner, Guid flowId, CancellationToken cancellationToken)
    {
        if (await jobs.CancelFlowAsync(owner, flowId, cancellationToken) is not { } cancelled) return null;
        if (cancelled.Job is { } job) await TellCancelledAsync(job);
        return cancelled.Flow;
    }

    /// <summary>Calls off what has not ended of an owner's batch and tells the watchers. Null when there is no such batch.</summary>
    public async Task<CancelledBatch?> CancelBatchAsync(Owner owner, Guid batchId, CancellationToken cancellationToken)
    {
        if (await jobs.CancelBatchAsync(owner, batchId, cancellationToken) is not { } cancelled) return null;
        foreach (var job in cancelled.Jobs) await TellCancelledAsync(job);
        return cancelled;
    }

    private Task TellCancelledAsync(Job job) =>
        PublishAsync(JobEvents.Of(job, EventCursor.EndOf(job.Attempt), JobEventType.Cancelled, time.GetUtcNow()));

    private async Task PublishAsync(JobEvent jobEvent)
    {
        try
        {
            await events.TellAsync(jobEvent, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogNotPublished(logger, exception, jobEvent.Type, jobEvent.JobId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The use of style {StyleId} by job {JobId} was not counted")]
    private static partial void LogNotCounted(ILogger logger, Exception exception, Guid styleId, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bell was not rung for job {JobId}; the dispatcher will do it")]
    private static partial void LogNotRung(ILogger logger, Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {Type} of job {JobId} was not published")]
    private static partial void LogNotPublished(ILogger logger, Exception exception, JobEventType type, Guid jobId);
}
