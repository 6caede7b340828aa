using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>
/// Tells watchers what happens to jobs. Telling is best effort: a watcher that hears nothing still finds the state in the
/// store, so no job suffers from an event that cannot be sent.
/// </summary>
internal sealed partial class Announcer(IJobEvents events, TimeProvider time, ILogger<Announcer> logger)
{
    /// <summary>Makes an event of a job, now.</summary>
    public JobEvent Event(Job job, EventCursor cursor, JobEventType type) => JobEvents.Of(job, cursor, type, time.GetUtcNow());

    /// <summary>Tells of the end of an attempt.</summary>
    public Task TellEndAsync(Job job, int attempt, JobEventType type) => TellAsync(Event(job, EventCursor.EndOf(attempt), type) with
    {
        Progress = type == JobEventType.Completed ? 1 : null,
        Failure = type is JobEventType.Retrying or JobEventType.Failed ? job.Failure : null,
    });

    /// <summary>Tells that an attempt failed: whether another will be made, the job says.</summary>
    public Task TellFailureAsync(Job job, int attempt) =>
        TellEndAsync(job, attempt, job.State == JobState.Pending ? JobEventType.Retrying : JobEventType.Failed);

    /// <summary>Tells it.</summary>
    public async Task TellAsync(JobEvent jobEvent)
    {
        try
        {
            await events.TellAsync(jobEvent, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotTold(exception, jobEvent.Type, jobEvent.JobId);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Watchers could not be told that job {JobId} {Type}.")]
    private partial void LogNotTold(Exception exception, JobEventType type, Guid jobId);
}
