using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Conversations;

/// <summary>
/// Tells watchers of conversations and workers what happens, and hears when jobs end. Best effort: watchers read the store when they look,
/// the dispatcher rings what was not rung, and whoever waits for a job asks the store now and then.
/// </summary>
internal sealed partial class ConversationNews(IJobEvents events, IJobBell bell, TimeProvider time, ILogger<ConversationNews> logger)
{
    /// <summary>Tells the watchers of a message's conversation to look.</summary>
    public Task TellAsync(ChatMessage message) => TryAsync(() => events.TellAsync(message, time.GetUtcNow(), CancellationToken.None));

    /// <summary>Tells watchers and workers of a job that was accepted.</summary>
    public async Task AcceptedAsync(Job job)
    {
        await TryAsync(() => events.TellAsync(JobEvents.Of(job, EventCursor.Accepted, JobEventType.Queued, time.GetUtcNow()), CancellationToken.None));
        await TryAsync(async () => await bell.TryRingAsync(new BellEntry(job.Id, job.Lane, job.TraceParent), CancellationToken.None));
    }

    /// <summary>Tells watchers of a job that was called off.</summary>
    public Task CancelledAsync(Job job) => TryAsync(
        () => events.TellAsync(JobEvents.Of(job, EventCursor.EndOf(job.Attempt), JobEventType.Cancelled, time.GetUtcNow()), CancellationToken.None));

    /// <summary>Begins to watch a step's job, and tells its progress to the conversation's watchers until the watch is disposed.</summary>
    public async Task<JobWatch> WatchAsync(ChatMessage message, Guid jobId, CancellationToken cancellationToken)
    {
        try
        {
            return new JobWatch(this, message, await events.SubscribeAsync(jobId, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotWatched(exception, jobId);
            return new JobWatch(this, message, null);
        }
    }

    private async Task TryAsync(Func<ValueTask> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception exception)
        {
            LogNotTold(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Job {JobId} cannot be watched; its state is polled.")]
    private partial void LogNotWatched(Exception exception, Guid jobId);

    [LoggerMessage(2, LogLevel.Warning, "Watchers of a conversation could not be told.")]
    private partial void LogNotTold(Exception exception);

    /// <summary>Hears of one job.</summary>
    internal sealed class JobWatch : IAsyncDisposable
    {
        private readonly ConversationNews _news;
        private readonly ChatMessage _message;
        private readonly IJobSubscription? _subscription;
        private readonly CancellationTokenSource _end = new();
        private readonly SemaphoreSlim _ended = new(0);
        private readonly Task _listening;

        public JobWatch(ConversationNews news, ChatMessage message, IJobSubscription? subscription)
        {
            _news = news;
            _message = message;
            _subscription = subscription;
            _listening = subscription is null ? Task.CompletedTask : ListenAsync(subscription);
        }

        /// <summary>Waits until the job may have ended, or for the time given.</summary>
        public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _ended.WaitAsync(atMost, cancellationToken);

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_subscription is not null) await _subscription.DisposeAsync();
            _end.Dispose();
            _ended.Dispose();
        }

        private async Task ListenAsync(IJobSubscription subscription)
        {
            await foreach (var jobEvent in subscription.ReadAllAsync(_end.Token))
            {
                if (jobEvent.Type is JobEventType.Completed or JobEventType.Failed or JobEventType.Cancelled) _ended.Release();
                else if (jobEvent.Type is JobEventType.Progress or JobEventType.Preview) await PassOnAsync(jobEvent);
            }
        }

        private Task PassOnAsync(JobEvent jobEvent) => _news.TryAsync(() => _news.Events.PublishAsync(
            jobEvent with { JobId = _message.SessionId, FlowId = null, BatchId = null }, CancellationToken.None));
    }

    private IJobEvents Events => events;
}
