using System.Diagnostics;
using System.Diagnostics.Metrics;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Telemetry;

/// <summary>Traces and metrics of jobs.</summary>
public sealed class WorkerTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "PhotoStudio.Worker";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _enqueued;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _retried;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _duration;
    private long _queueDepth;

    /// <summary>Makes the instruments.</summary>
    public WorkerTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(Name);
        _enqueued = meter.CreateCounter<long>("studio.jobs.enqueued", "{job}", "Jobs that were accepted.");
        _completed = meter.CreateCounter<long>("studio.jobs.completed", "{job}", "Jobs that delivered.");
        _failed = meter.CreateCounter<long>("studio.jobs.failed", "{job}", "Jobs that were given up.");
        _retried = meter.CreateCounter<long>("studio.jobs.retried", "{job}", "Attempts that failed and are made again.");
        _wait = meter.CreateHistogram<double>("studio.jobs.wait", "s", "Time from when a job was due until a worker had it.", advice: Buckets);
        _duration = meter.CreateHistogram<double>("studio.jobs.duration", "s", "Time a worker had a job.", advice: Buckets);
        meter.CreateObservableGauge("studio.queue.depth", () => Volatile.Read(ref _queueDepth), "{job}", "Jobs rung and not yet claimed.");
    }

    private static InstrumentAdvice<double> Buckets { get; } =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300] };

    /// <summary>Begins an attempt's span in the trace of the request that submitted the job.</summary>
    internal static Activity? StartAttempt(Job job)
    {
        var parent = ActivityContext.TryParse(job.TraceParent, traceState: null, isRemote: true, out var submitted) ? submitted : default;
        var activity = Source.StartActivity($"job {job.Operation}", ActivityKind.Consumer, parent);
        activity?.SetTag("studio.job.id", job.Id);
        activity?.SetTag("studio.job.attempt", job.Attempt);
        activity?.SetTag("studio.operation", job.Operation);
        return activity;
    }

    /// <summary>A flow goes on with this job.</summary>
    internal void Enqueued(Job job) => _enqueued.Add(1, Operation(job), new("lane", job.Lane.ToString().ToLowerInvariant()));

    /// <summary>A worker has the job.</summary>
    internal void Claimed(Job job)
    {
        if (job.StartedAt is { } startedAt) _wait.Record(Math.Max(0, (startedAt - job.NotBefore).TotalSeconds), Operation(job));
    }

    /// <summary>The job delivered.</summary>
    internal void Completed(Job job, TimeSpan took)
    {
        _completed.Add(1, Operation(job));
        _duration.Record(took.TotalSeconds, Operation(job), new("outcome", "completed"));
    }

    /// <summary>An attempt failed; the job says whether another is made.</summary>
    /// <param name="job">The job as it is after the failure.</param>
    /// <param name="took">How long a worker of this process had it; null when that is not known.</param>
    internal void Failed(Job job, TimeSpan? took)
    {
        var retried = job.State == JobState.Pending;
        (retried ? _retried : _failed).Add(1, Operation(job), new("code", job.Failure?.Code));
        if (took is { } time) _duration.Record(time.TotalSeconds, Operation(job), new("outcome", retried ? "retried" : "failed"));
    }

    /// <summary>How many entries the bell has outstanding.</summary>
    internal void QueueDepth(long depth) => Volatile.Write(ref _queueDepth, depth);

    private static KeyValuePair<string, object?> Operation(Job job) => new("operation", job.Operation);
}
