using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Chat;

namespace PhotoStudio.Worker.Conversations;

/// <summary>
/// Holds a message's lease while it is seen through, and notices when it is lost: another worker has it, the conversation was deleted, or
/// the store did not answer for a whole lease.
/// </summary>
internal sealed partial class MessageHold : IAsyncDisposable
{
    private readonly ClaimedMessage _claim;
    private readonly IChatStore _chat;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private Task _heart = Task.CompletedTask;

    private MessageHold(ClaimedMessage claim, IChatStore chat, WorkerOptions options, TimeProvider time, ILogger logger)
    {
        _claim = claim;
        _chat = chat;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Cancelled as soon as the message may no longer be worked on.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Begins to hold a message that was just taken.</summary>
    public static MessageHold Begin(ClaimedMessage claim, IChatStore chat, WorkerOptions options, TimeProvider time, ILogger logger)
    {
        MessageHold hold = new(claim, chat, options, time, logger);
        hold._heart = hold.BeatAsync();
        return hold;
    }

    /// <summary>Stops renewing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _heart;
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync()
    {
        using PeriodicTimer timer = new(_options.Heartbeat, _time);
        var renewedAt = _time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (await TryRenewAsync() is { } held)
                {
                    if (!held) break;
                    renewedAt = _time.GetTimestamp();
                }
                else if (_time.GetElapsedTime(renewedAt) >= _options.Lease)
                {
                    break;
                }
            }

            LogLost(_claim.Message.Id);
            await _lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The message is out of hand.
        }
    }

    // Null when the store did not answer.
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            return await _chat.RenewAsync(_claim, _options.Lease, _ended.Token);
        }
        catch (Exception exception) when (!_ended.IsCancellationRequested)
        {
            LogNotRenewed(exception, _claim.Message.Id);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Message {MessageId} is no longer in this worker's hands.")]
    private partial void LogLost(Guid messageId);

    [LoggerMessage(2, LogLevel.Warning, "The lease of message {MessageId} could not be renewed; it is tried again.")]
    private partial void LogNotRenewed(Exception exception, Guid messageId);
}
