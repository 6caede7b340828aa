namespace PhotoStudio.Core.Jobs;

/// <summary>
/// The job state machine, without storage. Every method takes a job and answers what it becomes, or null when the
/// transition is not allowed: the job is in another state, or the caller's fencing token is no longer the latest.
/// A store applies the answer only if the job has not changed in between.
/// </summary>
public static class JobLifecycle
{
    /// <summary>A worker takes a due job and gets the next fencing token.</summary>
    public static Job? Claim(Job job, string worker, TimeSpan lease, DateTimeOffset now) =>
        job.State == JobState.Pending && job.NotBefore <= now
            ? job with
            {
                State = JobState.Processing,
                Attempt = job.Attempt + 1,
                Worker = worker,
                LeaseUntil = now + lease,
                StartedAt = now,
                Progress = 0,
                Stage = null,
            }
            : null;

    /// <summary>The holder renews its lease and says how far it is. Progress never goes back within an attempt.</summary>
    public static Job? Renew(Job job, int attempt, TimeSpan lease, double progress, string? stage, DateTimeOffset now) =>
        Holds(job, attempt)
            ? job with { LeaseUntil = now + lease, Progress = Math.Max(job.Progress, Math.Clamp(progress, 0, 1)), Stage = stage ?? job.Stage }
            : null;

    /// <summary>The holder delivers.</summary>
    public static Job? Complete(Job job, int attempt, JobCompletion completion, DateTimeOffset now) =>
        Holds(job, attempt)
            ? Finish(job, JobState.Completed, now) with { Progress = 1, Failure = null, Engine = completion.Engine, Data = completion.Data }
            : null;

    /// <summary>
    /// The holder could not do it. A transient failure goes back to pending with a pause until the policy's
    /// failures are used up; it then fails as a dead letter. Any other failure is final at once.
    /// </summary>
    public static Job? Fail(Job job, int attempt, JobFailure failure, RetryPolicy policy, DateTimeOffset now)
    {
        if (!Holds(job, attempt)) return null;

        var failures = job.Failures + 1;
        var failed = job with { Failures = failures, Failure = failure };
        return failure.Transient && failures < policy.MaxFailures
            ? Surrender(failed, now + policy.DelayAfter(failures))
            : Finish(failed, JobState.Failed, now) with { DeadLetter = failure.Transient };
    }

    /// <summary>The lease has run out: a transient failure of the attempt that held it.</summary>
    public static Job? Expire(Job job, RetryPolicy policy, DateTimeOffset now) =>
        job.State == JobState.Processing && job.LeaseUntil <= now ? Fail(job, job.Attempt, JobFailure.LeaseExpired, policy, now) : null;

    /// <summary>The holder stops on purpose, such as at shutdown, and hands the job back without a failure.</summary>
    public static Job? Release(Job job, int attempt, DateTimeOffset now) => Holds(job, attempt) ? Surrender(job, now) : null;

    /// <summary>The owner calls it off. A running attempt loses its fence with that.</summary>
    public static Job? Cancel(Job job, DateTimeOffset now) => job.State.IsTerminal() ? null : Finish(job, JobState.Cancelled, now);

    /// <summary>An operator has a dead letter tried again, with all of its attempts before it; the fencing tokens go on counting.</summary>
    public static Job? Replay(Job job, DateTimeOffset now) => job is { State: JobState.Failed, DeadLetter: true }
        ? Surrender(job, now) with { Failures = 0, Failure = null, DeadLetter = false, FinishedAt = null }
        : null;

    /// <summary>An operator gives a dead letter up. It stays failed.</summary>
    public static Job? Discard(Job job) => job is { State: JobState.Failed, DeadLetter: true } ? job with { DeadLetter = false } : null;

    /// <summary>Whether a fencing token is the one that may write.</summary>
    public static bool Holds(Job job, int attempt) => job.State == JobState.Processing && job.Attempt == attempt;

    private static Job Surrender(Job job, DateTimeOffset notBefore) => job with
    {
        State = JobState.Pending,
        NotBefore = notBefore,
        Worker = null,
        LeaseUntil = null,
        Progress = 0,
        Stage = null,
    };

    private static Job Finish(Job job, JobState state, DateTimeOffset now) => job with
    {
        State = state,
        FinishedAt = now,
        Worker = null,
        LeaseUntil = null,
        Stage = null,
    };
}
