using Microsoft.Extensions.Options;
using PhotoStudio.Core.Scheduling;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Forgets old messages to webhooks.</summary>
internal sealed class ForgetWebhookMessages(IWebhooks webhooks, IOptions<RetentionOptions> options) : IScheduledTask
{
    public string Name => "forget-webhook-messages";

    public string Description => "Forgets messages to webhooks, with their logs, that are older than Studio:Retention:WebhookMessages says.";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        $"{await webhooks.ForgetAsync(options.Value.WebhookMessages, cancellationToken)} messages forgotten.";
}
