using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Submission;

/// <summary>
/// Waits for jobs to end. An event wakes it at once; the store, asked now and then besides, has the truth.
/// </summary>
public sealed partial class JobWaiter(
    IJobStore jobs, IJobEvents events, IOptions<SubmissionOptions> options, TimeProvider time, ILogger<JobWaiter> logger)
{
    /// <summary>
    /// Begins to watch a job, before it is submitted, so that nothing it tells is missed. Null when events cannot be had; the
    /// store is then all there is.
    /// </summary>
    public async Task<IJobSubscription?> WatchAsync(Guid jobId, CancellationToken cancellationToken)
    {
        try
        {
            return await events.SubscribeAsync(jobId, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotWatched(logger, exception, jobId);
            return null;
        }
    }

    /// <summary>Waits until the job has ended, or for so long.</summary>
    /// <returns>The job as it then is.</returns>
    public Task<Job> WaitAsync(Job job, IJobSubscription? subscription, TimeSpan atMost, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return WaitAsync(
            job, token => jobs.FindAsync(job.Owner, job.Id, token), latest => latest.State.IsTerminal(), subscription, atMost, cancellationToken);
    }

    /// <summary>Waits until whatever is made of jobs has ended, or for so long.</summary>
    /// <param name="latest">It, as it was when last looked at.</param>
    /// <param name="look">Asks the store; null when it has nothing to say.</param>
    /// <param name="hasEnded">Whether there is nothing left to wait for.</param>
    /// <param name="subscription">Tells when one of its jobs has ended.</param>
    /// <param name="atMost">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>It, as it then is.</returns>
    public async Task<T> WaitAsync<T>(
        T latest,
        Func<CancellationToken, Task<T?>> look,
        Func<T, bool> hasEnded,
        IJobSubscription? subscription,
        TimeSpan atMost,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(hasEnded);
        if (hasEnded(latest) || atMost <= TimeSpan.Zero) return latest;

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new SemaphoreSlim(0);
        var deadline = Task.Delay(atMost, time, end.Token);
        var listening = subscription is null ? Task.CompletedTask : ListenAsync(subscription, ended, end.Token);
        try
        {
            while (true)
            {
                latest = await look(cancellationToken) ?? latest;
                if (hasEnded(latest) || deadline.IsCompleted) return latest;
                await WaitForNewsAsync(ended, deadline, end.Token);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await end.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WaitForNewsAsync(SemaphoreSlim ended, Task deadline, CancellationToken cancellationToken)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var news = ended.WaitAsync(round.Token);
        var poll = Task.Delay(options.Value.PollInterval, time, round.Token);
        await Task.WhenAny(news, poll, deadline);
        await round.CancelAsync();
        await news.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync(IJobSubscription subscription, SemaphoreSlim ended, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var jobEvent in subscription.ReadAllAsync(cancellationToken))
            {
                if (jobEvent.Type is JobEventType.Completed or JobEventType.Failed or JobEventType.Cancelled) ended.Release();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogLost(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} cannot be watched; its state is polled")]
    private static partial void LogNotWatched(ILogger logger, Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A subscription to a job's events broke; its state is polled")]
    private static partial void LogLost(ILogger logger, Exception exception);
}
