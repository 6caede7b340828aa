using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Events;

/// <summary>
/// Tells one client what happens to all of an owner's jobs: the snapshot from the store, then the events as they come. The id of an event
/// is its time in milliseconds since 1970; a client that comes back gets a snapshot that has the jobs which ended since.
/// </summary>
public sealed class OwnerEventStream(IJobEvents events, IJobStore jobs, TimeProvider time, IHostApplicationLifetime lifetime, IOptions<EventStreamOptions> options)
{
    private const int JobsInSnapshot = 100;

    // One event goes to many streams; its JSON is written once.
    private readonly ConditionalWeakTable<JobEvent, byte[]> _written = [];
    private int _watchers;

    /// <summary>Whether this process can take one more watcher.</summary>
    public bool HasRoom => Volatile.Read(ref _watchers) < options.Value.MaxWatchers;

    /// <summary>Streams until the client leaves or the stream has been open long enough.</summary>
    public async Task WriteAsync(Owner owner, DateTimeOffset? since, HttpResponse response, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watchers);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await using var subscription = await events.SubscribeAsync(owner, cancellationToken);
            var writer = new EventStreamWriter(response);
            await writer.BeginAsync(options.Value.ReconnectAfter, cancellationToken);
            var snapshot = await SnapshotAsync(owner, since, cancellationToken);
            await writer.EventAsync(IdOf(snapshot.At), JsonSerializer.SerializeToUtf8Bytes(snapshot, OwnerEventJson.Default.OwnerEventResource), cancellationToken);
            await FollowAsync(subscription, writer, stopping, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private async Task FollowAsync(
        IJobSubscription subscription, EventStreamWriter writer, CancellationTokenSource stopping, CancellationToken cancellationToken)
    {
        var opened = time.GetTimestamp();
        await using var news = subscription.ReadAllAsync(stopping.Token).GetAsyncEnumerator(CancellationToken.None);
        Task<bool>? next = null;
        try
        {
            while (true)
            {
                var left = options.Value.MaxDuration - time.GetElapsedTime(opened);
                if (left <= TimeSpan.Zero) break;
                next ??= news.MoveNextAsync().AsTask();
                try
                {
                    if (!await next.WaitAsync(left < options.Value.PingInterval ? left : options.Value.PingInterval, time, stopping.Token)) break;
                }
                catch (TimeoutException)
                {
                    await writer.CommentAsync("ping", cancellationToken);
                    continue;
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    break;
                }

                next = null;
                var told = news.Current;
                await writer.EventAsync(IdOf(told.At), _written.GetValue(told, Write), cancellationToken);
            }

            await writer.RetryAsync(options.Value.ReconnectAfter, cancellationToken);
        }
        finally
        {
            // The enumerator is not disposed of while it moves.
            await stopping.CancelAsync();
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<OwnerEventResource> SnapshotAsync(Owner owner, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var latest = await jobs.ListAsync(owner, new JobQuery(), new PageRequest(1, JobsInSnapshot), cancellationToken);
        return new OwnerEventResource
        {
            EventType = "snapshot",
            At = now,
            Jobs =
            [
                .. latest.Items.Where(job => !job.State.IsTerminal() || job.FinishedAt >= since)
                    .Select(job => new OwnerJobResource(job.Id, job.Operation, job.State.WireName(), job.Progress)),
            ],
        };
    }

    private static string IdOf(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Write(JobEvent jobEvent) => JsonSerializer.SerializeToUtf8Bytes(
        new OwnerEventResource
        {
            EventType = JsonNamingPolicy.SnakeCaseLower.ConvertName(jobEvent.Type.ToString()),
            At = jobEvent.At,
            JobId = jobEvent.JobId,
            Status = StateOf(jobEvent.Type).WireName(),
            Progress = jobEvent.Progress,
            Stage = jobEvent.Stage,
            PipelineId = jobEvent.FlowId,
            BatchId = jobEvent.BatchId,
            Error = jobEvent.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
        },
        OwnerEventJson.Default.OwnerEventResource);

    private static JobState StateOf(JobEventType type) => type switch
    {
        JobEventType.Queued or JobEventType.Retrying => JobState.Pending,
        JobEventType.Started or JobEventType.Progress or JobEventType.Preview => JobState.Processing,
        JobEventType.Completed => JobState.Completed,
        JobEventType.Failed => JobState.Failed,
        JobEventType.Cancelled => JobState.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
