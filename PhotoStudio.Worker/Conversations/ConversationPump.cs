using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Conversations;

/// <summary>
/// Takes messages whose turn it is and sees each through to its end. A message mostly waits for its jobs, so many are seen through at a
/// time. A worker that dies loses none: the lease runs out and another goes on where it was.
/// </summary>
internal sealed partial class ConversationPump(
    IChatStore chat,
    IJobEvents events,
    MessageRunner runner,
    WorkerIdentity worker,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<ConversationPump> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    // One permit at most: however much has happened, looking once finds all of it.
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var places = new SemaphoreSlim(options.Value.Conversations);
        var listening = ListenAsync(stoppingToken);
        var running = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await places.WaitAsync(stoppingToken);
                if (await TakeAsync() is not { } claim)
                {
                    places.Release();
                    await _news.WaitAsync(options.Value.PollInterval, stoppingToken);
                    continue;
                }

                running.RemoveAll(task => task.IsCompleted);
                running.Add(SeeThroughAsync(claim, places, stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }

        await Task.WhenAll(running);
        await listening;
    }

    private async Task<ClaimedMessage?> TakeAsync()
    {
        try
        {
            // Not cancelled by the end of the process: a claim that nobody hears of would hold the message for a whole lease.
            return await chat.TakeAsync(worker.Name, options.Value.Lease, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotTaken(exception);
            return null;
        }
    }

    private async Task SeeThroughAsync(ClaimedMessage claim, SemaphoreSlim places, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            var hold = MessageHold.Begin(claim, chat, options.Value, time, logger);
            await using (hold)
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(hold.Lost, stoppingToken);
                await runner.RunAsync(claim, end.Token);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; whoever takes the message next goes on from what is stored.
            await ReleaseAsync(claim, failed: false, TimeSpan.Zero);
        }
        catch (OperationCanceledException exception)
        {
            LogInterrupted(exception, claim.Message.Id);
        }
        catch (Exception exception)
        {
            LogInterrupted(exception, claim.Message.Id);
            await ReleaseAsync(claim, failed: true, PauseAfterFailure * (claim.Failures + 1));
        }
        finally
        {
            places.Release();

            // The conversation's next message has its turn now.
            Wake();
        }
    }

    private async Task ReleaseAsync(ClaimedMessage claim, bool failed, TimeSpan pause)
    {
        try
        {
            await chat.ReleaseAsync(claim, failed, pause, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The lease runs out.
            LogInterrupted(exception, claim.Message.Id);
        }
    }

    private void Wake()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var subscription = await events.SubscribeAsync(ChatChannels.Waiting, stoppingToken);
                await foreach (var _ in subscription.ReadAllAsync(stoppingToken)) Wake();
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotHeard(exception);
                await Task.Delay(options.Value.PollInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Messages of conversations could not be looked for; the worker tries again.")]
    private partial void LogNotTaken(Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} was interrupted; it is taken up again.")]
    private partial void LogInterrupted(Exception exception, Guid messageId);

    [LoggerMessage(3, LogLevel.Warning, "News of messages cannot be heard; they are looked for now and then.")]
    private partial void LogNotHeard(Exception exception);
}
