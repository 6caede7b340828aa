using Microsoft.Extensions.Options;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

/// <summary>
/// Delivers messages that are due, some at a time and a few to one webhook. Any number of processes may do so: each message is taken by one,
/// and by another if that one dies.
/// </summary>
internal sealed partial class WebhookPump(
    IWebhooks webhooks, WebhookSender sender, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookPump> logger) : BackgroundService
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly WebhookOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Deliver) return;
        using var slots = new SemaphoreSlim(_options.Parallel);
        var sending = new HashSet<Task>();
        try
        {
            while (true)
            {
                sending.RemoveWhere(task => task.IsCompleted);
                var taken = await TakeAsync(slots.CurrentCount, stoppingToken);
                foreach (var (delivery, webhook) in taken)
                {
                    await slots.WaitAsync(stoppingToken);
                    sending.Add(SendAsync(delivery, webhook, slots, stoppingToken));
                }

                if (taken.Count == 0) await Task.Delay(_options.PollInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was under way is taken by somebody when its lease is over.
        }
        finally
        {
            await Task.WhenAll(sending);
        }
    }

    private async Task<IReadOnlyList<(WebhookDelivery Delivery, Webhook Webhook)>> TakeAsync(int free, CancellationToken stoppingToken)
    {
        if (free == 0) return [];
        List<Guid> busy;
        lock (_lock) busy = [.. _underWay.Where(entry => entry.Value >= _options.ParallelPerWebhook).Select(entry => entry.Key)];
        try
        {
            // Few at a time, so that those of one webhook never fill every slot before the next look.
            var taken = await webhooks.TakeDueAsync(Math.Min(free, _options.ParallelPerWebhook), _options.Timeout + Slack, busy, stoppingToken);
            lock (_lock)
            {
                foreach (var (_, webhook) in taken) _underWay[webhook.Id] = _underWay.GetValueOrDefault(webhook.Id) + 1;
            }

            return taken;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotTaken(exception);
            return [];
        }
    }

    private async Task SendAsync(WebhookDelivery delivery, Webhook webhook, SemaphoreSlim slots, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            var outcome = await sender.SendAsync(delivery, webhook, stoppingToken);
            var settled = await webhooks.SettleAsync(delivery.Id, delivery.Attempts, outcome, CancellationToken.None);
            if (settled is { State: DeliveryState.Failed }) LogGivenUp(delivery.Id, webhook.Id, outcome.Error);
        }
        catch (Exception exception)
        {
            if (!stoppingToken.IsCancellationRequested) LogNotSettled(exception, delivery.Id);
        }
        finally
        {
            lock (_lock)
            {
                if (--_underWay[webhook.Id] == 0) _underWay.Remove(webhook.Id);
            }

            slots.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages to webhooks could not be read; it is tried again")]
    private partial void LogNotTaken(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What became of message {DeliveryId} could not be written down; it is delivered again")]
    private partial void LogNotSettled(Exception exception, Guid deliveryId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {DeliveryId} to webhook {WebhookId} is given up: {Reason}")]
    private partial void LogGivenUp(Guid deliveryId, Guid webhookId, string? reason);
}
