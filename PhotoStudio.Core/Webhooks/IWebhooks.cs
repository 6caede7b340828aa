using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Webhooks;

/// <summary>
/// Webhooks and their messages. The transaction that ends a job writes its messages (<see cref="Jobs.IJobStore"/>); whoever delivers takes
/// them from here, and every message is delivered at least once or given up after <see cref="WebhookDelivery.Patience"/>.
/// </summary>
public interface IWebhooks
{
    /// <summary>Adds a webhook; null when the owner has as many as allowed.</summary>
    Task<Webhook?> AddAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>An owner's webhook; null when there is none or it is another owner's.</summary>
    Task<Webhook?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>What signs the messages to the <c>webhook_url</c> of an owner's jobs; made when there is none yet.</summary>
    Task<Webhook> JobSecretAsync(Owner owner, CancellationToken cancellationToken);

    /// <summary>An owner's webhooks, oldest first.</summary>
    Task<IReadOnlyList<Webhook>> ListAsync(Owner owner, CancellationToken cancellationToken);

    /// <summary>Changes an owner's webhook by what <paramref name="change"/> makes of it; null when there is none.</summary>
    Task<Webhook?> ChangeAsync(Owner owner, Guid id, Func<Webhook, DateTimeOffset, Webhook> change, CancellationToken cancellationToken);

    /// <summary>Removes an owner's webhook; what it has not been told is not told any more. False when there is none.</summary>
    Task<bool> RemoveAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>Writes a message to one webhook.</summary>
    Task<WebhookDelivery> WriteAsync(Webhook webhook, string type, string payload, CancellationToken cancellationToken);

    /// <summary>An owner's messages, newest first.</summary>
    Task<Page<WebhookDelivery>> DeliveriesAsync(Owner owner, Guid? webhookId, DeliveryState? state, PageRequest page, CancellationToken cancellationToken);

    /// <summary>An owner's message; null when there is none or it is another owner's.</summary>
    Task<WebhookDelivery?> FindDeliveryAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>Has a message delivered again, at once and for another day; null when there is none.</summary>
    Task<WebhookDelivery?> ReplayAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Takes messages that are due, with what signs them. Nobody else gets them before <paramref name="lease"/> is over; the number of
    /// attempts is the fencing token.
    /// </summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="lease">How long the attempt may take.</param>
    /// <param name="busy">Webhooks that are not asked for now, for they have enough in hand.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<(WebhookDelivery Delivery, Webhook Webhook)>> TakeDueAsync(
        int limit, TimeSpan lease, IReadOnlyCollection<Guid> busy, CancellationToken cancellationToken);

    /// <summary>Writes down what became of an attempt, unless another has begun since; answers the message as it is then.</summary>
    /// <param name="id">The message.</param>
    /// <param name="attempt">The attempt's number.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<WebhookDelivery?> SettleAsync(Guid id, int attempt, DeliveryAttempt outcome, CancellationToken cancellationToken);

    /// <summary>Forgets messages older than this; answers how many.</summary>
    Task<int> ForgetAsync(TimeSpan age, CancellationToken cancellationToken);
}
