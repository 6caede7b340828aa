using Microsoft.Extensions.Options;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>
/// Tells one client everything that happens to a job: the snapshot from the store, what it missed since its last id, then
/// the events as they come, and the terminal event from the store. The store has the truth: it is also asked whenever the
/// stream was silent for a ping's time, so an event that was lost on the way delays the end and nothing more.
/// </summary>
public sealed class JobEventStream(
    JobWatchHub hub,
    IJobStore jobs,
    JobPresenter presenter,
    IImageStore images,
    IBlobStore blobs,
    IBlobUrls urls,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IOptions<EventStreamOptions> options)
{
    /// <summary>The largest file that an event carries, in bytes; larger ones have their URL alone.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Whether this process can take one more watcher.</summary>
    public bool HasRoom => hub.Watchers < options.Value.MaxWatchers;

    /// <summary>
    /// The id of the event that ends a job's stream. It comes after everything else of its attempt, the attempt's own end
    /// included: a job can be called off between two attempts.
    /// </summary>
    public static EventCursor TerminalCursor(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return EventCursor.EndOf(job.Attempt) with { Sequence = EventCursor.EndOf(job.Attempt).Sequence + 1 };
    }

    /// <summary>Streams until the job ends, the client leaves, or the stream has been open long enough.</summary>
    /// <param name="job">The job; the caller may watch it.</param>
    /// <param name="after">The last event the client has; null when it is new.</param>
    /// <param name="withBytes">Whether events carry the pictures themselves.</param>
    /// <param name="response">Where to.</param>
    /// <param name="cancellationToken">The client left.</param>
    public async Task WriteAsync(Job job, EventCursor? after, bool withBytes, HttpResponse response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var opened = time.GetTimestamp();
        await using var watch = await hub.WatchAsync(job.Id, cancellationToken);

        var writer = new EventStreamWriter(response);
        await writer.BeginAsync(options.Value.ReconnectAfter, cancellationToken);

        var snapshot = await jobs.FindAsync(job.Id, cancellationToken) ?? job;
        await writer.EventAsync(null, await SnapshotAsync(snapshot, cancellationToken), cancellationToken);

        var place = new Place(snapshot, after, withBytes);
        if (after is { } cursor)
        {
            foreach (var missed in await watch.ReplayAsync(cursor)) await TellAsync(writer, missed, place, cancellationToken);
        }

        while (true)
        {
            if (place.Job.State.IsTerminal())
            {
                await writer.EventAsync(TerminalCursor(place.Job), await TerminalAsync(place, cancellationToken), cancellationToken);
                return;
            }

            var left = options.Value.MaxDuration - time.GetElapsedTime(opened);
            if (left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await writer.RetryAsync(options.Value.ReconnectAfter, cancellationToken);
                return;
            }

            try
            {
                await watch.WaitAsync(left < options.Value.PingInterval ? left : options.Value.PingInterval, time, stopping.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                continue;
            }

            var news = watch.TakeAll();
            if (news.Count == 0) await writer.CommentAsync("ping", cancellationToken);
            foreach (var jobEvent in news) await TellAsync(writer, jobEvent, place, cancellationToken);

            if (news.Count == 0 || news.Any(IsTerminal)) place.Job = await jobs.FindAsync(job.Id, cancellationToken) ?? place.Job;
        }
    }

    private async Task TellAsync(EventStreamWriter writer, JobEvent jobEvent, Place place, CancellationToken cancellationToken)
    {
        // The terminal event is told from the store; one that comes over the wire only says to look there.
        if (IsTerminal(jobEvent) || jobEvent.Cursor <= place.Told || IsInSnapshot(jobEvent, place)) return;
        place.Told = jobEvent.Cursor;
        var told = Describe(jobEvent, place.Job);
        if (place.WithBytes && jobEvent.PreviewKey is { } key) told = told with { B64Data = await ReadAsync(key, cancellationToken) };
        await writer.EventAsync(jobEvent.Cursor, told, cancellationToken);
    }

    /// <summary>Whether a new watcher has seen this in its snapshot already. One that resumes is told all it missed.</summary>
    private static bool IsInSnapshot(JobEvent jobEvent, Place place)
    {
        if (place.Resumes) return false;
        var snapshot = place.Snapshot;
        if (jobEvent.Cursor.Attempt != snapshot.Attempt) return jobEvent.Cursor.Attempt < snapshot.Attempt;
        return jobEvent.Type switch
        {
            JobEventType.Queued => true,
            JobEventType.Started => snapshot.State != JobState.Pending,
            JobEventType.Progress => jobEvent.Progress < snapshot.Progress,
            JobEventType.Retrying => snapshot.State == JobState.Pending,
            _ => false,
        };
    }

    private async Task<JobEventResource> SnapshotAsync(Job job, CancellationToken cancellationToken)
    {
        var queue = job.State == JobState.Pending ? JobPresenter.Show(await jobs.StandingAsync(job, cancellationToken)) : null;
        return Describe(job, "snapshot", time.GetUtcNow()) with { Queue = queue };
    }

    private async Task<JobEventResource> TerminalAsync(Place place, CancellationToken cancellationToken)
    {
        var job = place.Job;
        var told = Describe(job, job.State.WireName(), job.FinishedAt ?? time.GetUtcNow());
        if (job.State != JobState.Completed) return told;

        var results = (await presenter.ShowAsync(job, cancellationToken)).Results;
        told = told with { Results = results, Url = results.Count > 0 ? results[0].Url : null };
        if (!place.WithBytes || results.Count == 0) return told;
        return await images.FindAsync(job.Owner, results[0].Id, cancellationToken) is { } image
            ? told with { B64Data = await ReadAsync(image.BlobKey, cancellationToken) }
            : told;
    }

    private async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (await blobs.FindAsync(key, cancellationToken) is not { Length: <= MostBytes } blob) return null;
        await using var content = await blobs.OpenReadAsync(key, null, cancellationToken);
        if (content is null) return null;
        var bytes = new byte[blob.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private JobEventResource Describe(JobEvent jobEvent, Job job)
    {
        var pending = jobEvent.Type is JobEventType.Queued or JobEventType.Retrying;
        return new JobEventResource
        {
            EventType = WireName(jobEvent.Type),
            JobId = jobEvent.JobId,
            Operation = job.Operation,
            Status = (pending ? JobState.Pending : JobState.Processing).WireName(),
            Progress = jobEvent.Progress ?? 0,
            Stage = jobEvent.Stage,
            Attempt = jobEvent.Cursor.Attempt,
            At = jobEvent.At,
            Url = jobEvent.PreviewKey is { } key ? urls.Sign(key, JobPresenter.UrlLifetime) : null,
            Error = jobEvent.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
        };
    }

    private static JobEventResource Describe(Job job, string type, DateTimeOffset at) => new()
    {
        EventType = type,
        JobId = job.Id,
        Operation = job.Operation,
        Status = job.State.WireName(),
        Progress = job.Progress,
        Stage = job.Stage,
        Attempt = job.Attempt,
        At = at,
        Error = job.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
    };

    private static bool IsTerminal(JobEvent jobEvent) => jobEvent.Type is JobEventType.Completed or JobEventType.Failed or JobEventType.Cancelled;

    private static string WireName(JobEventType type) => type switch
    {
        JobEventType.Queued => "queued",
        JobEventType.Started => "started",
        JobEventType.Progress => "progress",
        JobEventType.Preview => "preview",
        JobEventType.Retrying => "retrying",
        JobEventType.Completed => "completed",
        JobEventType.Failed => "failed",
        JobEventType.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>How far one stream is.</summary>
    private sealed class Place(Job snapshot, EventCursor? after, bool withBytes)
    {
        public bool WithBytes { get; } = withBytes;

        public Job Snapshot { get; } = snapshot;

        public Job Job { get; set; } = snapshot;

        public bool Resumes { get; } = after is not null;

        public EventCursor Told { get; set; } = after ?? default;
    }
}
