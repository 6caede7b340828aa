using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Submission;

/// <summary>
/// Tells workers and watchers about jobs once the store has them. Best effort: the dispatcher rings what was not rung, and
/// watchers read the state from the store.
/// </summary>
public sealed partial class JobAnnouncer(IJobStore jobs, IJobBell bell, IJobEvents events, TimeProvider time, ILogger<JobAnnouncer> logger)
{
    /// <summary>Announces a job that was accepted.</summary>
    public async Task AcceptedAsync(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        await PublishAsync(new JobEvent(job.Id, job.Owner, EventCursor.Accepted, JobEventType.Queued, time.GetUtcNow()));
        try
        {
            await bell.TryRingAsync(new BellEntry(job.Id, job.Lane, job.TraceParent), CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogNotRung(logger, exception, job.Id);
        }
    }

    /// <summary>
    /// Calls an owner's job off and tells its watchers. Null when there is no such job; a finished job is answered as it is.
    /// </summary>
    public async Task<Job?> CancelAsync(Owner owner, Guid jobId, CancellationToken cancellationToken)
    {
        var job = await jobs.CancelAsync(owner, jobId, cancellationToken);
        if (job is { State: JobState.Cancelled })
            await PublishAsync(new JobEvent(job.Id, job.Owner, EventCursor.EndOf(job.Attempt), JobEventType.Cancelled, time.GetUtcNow()));
        return job;
    }

    private async Task PublishAsync(JobEvent jobEvent)
    {
        try
        {
            await events.PublishAsync(jobEvent, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogNotPublished(logger, exception, jobEvent.Type, jobEvent.JobId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bell was not rung for job {JobId}; the dispatcher will do it")]
    private static partial void LogNotRung(ILogger logger, Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event {Type} of job {JobId} was not published")]
    private static partial void LogNotPublished(ILogger logger, Exception exception, JobEventType type, Guid jobId);
}
