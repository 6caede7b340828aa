using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Worker.Dispatching;
using PhotoStudio.Worker.Telemetry;

namespace PhotoStudio.Worker.Running;

/// <summary>
/// The life of one attempt: read the pictures, run the operation, store the results, finish the job. It ends in exactly
/// one of these ways: the job is completed, the attempt failed, the job was handed back because the process ends or
/// inference stays full, or somebody else has the job by now and everything this attempt wrote is taken back.
/// </summary>
internal sealed partial class JobRunner(
    IJobStore jobs,
    IJobBell bell,
    IJobEvents events,
    IInference inference,
    InputReader inputs,
    ResultWriter results,
    Announcer announcer,
    DispatchSignal dispatch,
    WorkerTelemetry telemetry,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<JobRunner> logger)
{
    private static readonly TimeSpan LeastBusyPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UsualBusyPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostBusyPause = TimeSpan.FromSeconds(10);

    /// <summary>Runs a job that was just claimed.</summary>
    /// <param name="job">The job, with the attempt that was granted.</param>
    /// <param name="stopping">The process ends: the job goes back to the queue.</param>
    public async Task RunAsync(Job job, CancellationToken stopping)
    {
        using var activity = WorkerTelemetry.StartAttempt(job);
        telemetry.Claimed(job);
        AttemptProgress progress = new(job, announcer, options.Value.ProgressInterval, time);
        Attempt attempt = new(job, progress, [], time.GetTimestamp(), activity);
        var lease = AttemptLease.Hold(job, jobs, events, progress, options.Value, time, logger);
        await using (lease)
        {
            try
            {
                await DeliverAsync(attempt, lease.Lost, stopping);
            }
            catch (Exception exception)
            {
                await progress.DisposeAsync();
                await EndAsync(attempt, exception, lease.Lost, stopping);
            }
        }
    }

    private async Task DeliverAsync(Attempt attempt, CancellationToken lost, CancellationToken stopping)
    {
        var job = attempt.Job;
        using var running = CancellationTokenSource.CreateLinkedTokenSource(lost, stopping);
        var pictures = await inputs.ReadAsync(job, running.Token);
        var parameters = job.Refinement?.ApplyTo(job.Parameters, job.Operation) ?? job.Parameters;
        InferenceRequest request = new($"{job.Id:N}-{job.Attempt}", job.Operation, parameters, pictures);
        var result = await InferAsync(request, attempt.Progress, running.Token);
        running.Token.ThrowIfCancellationRequested();

        // The work is done: the end of the process no longer stops it, only the loss of the job does.
        var completion = await results.WriteAsync(job, result, attempt.Written, lost);
        var finished = await jobs.CompleteAsync(job.Id, job.Attempt, completion, CancellationToken.None);
        await attempt.Progress.DisposeAsync();
        if (finished is null) await LoseAsync(attempt);
        else await CompleteAsync(attempt, finished);
    }

    /// <summary>
    /// Waits for inference that is full with the job in hand, so that this slot takes no further one; the caller hands the
    /// job back when that lasts.
    /// </summary>
    private async Task<InferenceResult> InferAsync(InferenceRequest request, AttemptProgress progress, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await inference.RunAsync(request, progress, cancellationToken);
            }
            catch (InferenceException busy)
                when (busy.Fault == InferenceFault.Busy && time.GetElapsedTime(began) < options.Value.BusyPatience)
            {
                var pause = busy.RetryAfter ?? UsualBusyPause;
                pause = pause < LeastBusyPause ? LeastBusyPause : pause > MostBusyPause ? MostBusyPause : pause;
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task CompleteAsync(Attempt attempt, Finished finished)
    {
        telemetry.Completed(finished.Job, time.GetElapsedTime(attempt.Began));
        await announcer.TellEndAsync(finished.Job, attempt.Number, JobEventType.Completed);
        if (finished.Next is not { } next) return;

        telemetry.Enqueued(next);
        await announcer.TellAsync(announcer.Event(next, EventCursor.Accepted, JobEventType.Queued));
        await RingAsync(next);
    }

    private async Task EndAsync(Attempt attempt, Exception exception, CancellationToken lost, CancellationToken stopping)
    {
        try
        {
            if (lost.IsCancellationRequested) await LoseAsync(attempt);
            else if (stopping.IsCancellationRequested) await ReleaseAsync(attempt);
            else if (exception is InferenceException { Fault: InferenceFault.Busy }) await ReleaseAsync(attempt);
            else await FailAsync(attempt, exception);
        }
        catch (Exception unsaid)
        {
            // The store does not answer. The lease runs out, and the sweeper of whichever worker is alive ends the attempt.
            LogNotEnded(unsaid, attempt.Job.Id, attempt.Number);
        }
    }

    private async Task FailAsync(Attempt attempt, Exception exception)
    {
        var failure = AttemptFailures.From(exception);
        attempt.Activity?.SetStatus(ActivityStatusCode.Error, failure.Code);
        if (AttemptFailures.IsUnexpected(exception)) LogUnexpected(exception, attempt.Job.Id, attempt.Number);
        else LogFailed(attempt.Job.Id, attempt.Number, failure.Code, exception.Message);

        if (await jobs.FailAsync(attempt.Job.Id, attempt.Number, failure, CancellationToken.None) is not { } failed)
        {
            await LoseAsync(attempt);
            return;
        }

        await results.TakeBackAsync(attempt.Written);
        telemetry.Failed(failed, time.GetElapsedTime(attempt.Began));
        await announcer.TellFailureAsync(failed, attempt.Number);
        if (failed.State == JobState.Pending) dispatch.WakeIn(failed.NotBefore - time.GetUtcNow());
    }

    private async Task ReleaseAsync(Attempt attempt)
    {
        if (await jobs.ReleaseAsync(attempt.Job.Id, attempt.Number, CancellationToken.None) is not { } released)
        {
            await LoseAsync(attempt);
            return;
        }

        LogReleased(attempt.Job.Id, attempt.Number);
        await results.TakeBackAsync(attempt.Written);
        await announcer.TellEndAsync(released, attempt.Number, JobEventType.Queued);
        dispatch.Wake();
    }

    /// <summary>The fencing token no longer holds. Nothing of this attempt may stay, unless it is this attempt that finished the job.</summary>
    private async Task LoseAsync(Attempt attempt)
    {
        var current = await jobs.FindAsync(attempt.Job.Id, CancellationToken.None);
        if (current is { State: JobState.Completed } && current.Attempt == attempt.Number)
        {
            // An earlier answer to our completion was lost on the way, as with a broken connection after the commit.
            await CompleteAsync(attempt, new Finished(current, Next: null));
            dispatch.Wake();
            return;
        }

        await results.TakeBackAsync(attempt.Written);
    }

    private async Task RingAsync(Job job)
    {
        try
        {
            if (await bell.TryRingAsync(new BellEntry(job.Id, job.Lane, job.TraceParent), CancellationToken.None)) return;
        }
        catch (Exception exception)
        {
            LogNotRung(exception, job.Id);
        }

        dispatch.Wake();
    }

    [LoggerMessage(1, LogLevel.Warning, "Job {JobId}: attempt {Attempt} failed with {Code}: {Reason}")]
    private partial void LogFailed(Guid jobId, int attempt, string code, string reason);

    [LoggerMessage(2, LogLevel.Error, "Job {JobId}: attempt {Attempt} failed unexpectedly.")]
    private partial void LogUnexpected(Exception exception, Guid jobId, int attempt);

    [LoggerMessage(3, LogLevel.Information, "Job {JobId}: attempt {Attempt} hands the job back.")]
    private partial void LogReleased(Guid jobId, int attempt);

    [LoggerMessage(4, LogLevel.Error, "Job {JobId}: how attempt {Attempt} ended could not be stored; its lease runs out.")]
    private partial void LogNotEnded(Exception exception, Guid jobId, int attempt);

    [LoggerMessage(5, LogLevel.Warning, "The queue could not be rung for job {JobId}; the dispatcher does it.")]
    private partial void LogNotRung(Exception exception, Guid jobId);

    /// <summary>An attempt in this worker's hands.</summary>
    /// <param name="Job">The job as it was claimed.</param>
    /// <param name="Progress">Tells how far it is.</param>
    /// <param name="Written">The blobs it has written.</param>
    /// <param name="Began">The clock's timestamp of its beginning.</param>
    /// <param name="Activity">Its span.</param>
    private sealed record Attempt(Job Job, AttemptProgress Progress, List<string> Written, long Began, Activity? Activity)
    {
        /// <summary>The fencing token.</summary>
        public int Number => Job.Attempt;
    }
}
