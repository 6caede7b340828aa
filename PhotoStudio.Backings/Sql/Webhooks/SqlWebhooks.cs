using System.Net;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Quotas;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Backings.Sql.Webhooks;

/// <summary>Webhooks and their messages in a relational database.</summary>
public sealed class SqlWebhooks(StudioDatabase database) : IWebhooks
{
    private const int RememberedAttempts = 20;

    /// <inheritdoc/>
    public Task<Webhook?> AddAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var owner = webhook.Owner.Text;
        return database.WriteAsync(
            WriteMode.InTurn($"webhooks of {owner}"),
            async (db, _, token) =>
            {
                if (await db.Set<WebhookRow>().CountAsync(row => row.Owner == owner && row.Url != null, token) >= Webhook.MaxPerOwner) return null;
                db.Add(webhook.ToRow());
                await db.SaveChangesAsync(token);
                return webhook;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Webhook?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await Of(db, owner).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Url != null, token))?.ToWebhook(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Webhook> JobSecretAsync(Owner owner, CancellationToken cancellationToken) => database.WriteAsync(
        QuotaLedger.TurnOf(owner),
        async (db, now, token) =>
        {
            var secret = await WebhookOutbox.JobSecretAsync(db, owner, now, token);
            await db.SaveChangesAsync(token);
            return secret.ToWebhook();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Webhook>> ListAsync(Owner owner, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Webhook>>(
        async (db, token) =>
        {
            var rows = await Of(db, owner).AsNoTracking().Where(row => row.Url != null).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(token);
            return rows.ConvertAll(WebhookMapping.ToWebhook);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Webhook?> ChangeAsync(Owner owner, Guid id, Func<Webhook, DateTimeOffset, Webhook> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                if (await Of(db, owner).SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return null;
                row.Apply(change(row.ToWebhook(), now));
                await db.SaveChangesAsync(token);
                return row.ToWebhook();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(Owner owner, Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        WriteMode.Latest,
        async (db, _, token) =>
        {
            if (!await Of(db, owner).AnyAsync(row => row.Id == id && row.Url != null, token)) return false;
            await db.Set<WebhookDeliveryRow>().Where(row => row.WebhookId == id).ExecuteDeleteAsync(token);
            return await Of(db, owner).Where(row => row.Id == id).ExecuteDeleteAsync(token) == 1;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<WebhookDelivery> WriteAsync(Webhook webhook, string type, string payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var url = webhook.Url ?? throw new ArgumentException("A message needs somewhere to go.", nameof(webhook));
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = WebhookOutbox.NewRow(webhook.Id, webhook.Owner.Text, url, type, payload, jobId: null, now);
                db.Add(row);
                await db.SaveChangesAsync(token);
                return row.ToDelivery();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<WebhookDelivery>> DeliveriesAsync(
        Owner owner, Guid? webhookId, DeliveryState? state, PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            var rows = Deliveries(db, owner).AsNoTracking();
            if (webhookId is { } id) rows = rows.Where(row => row.WebhookId == id);
            if (state is { } wanted) rows = rows.Where(row => row.State == wanted);
            return (await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token)).Select(WebhookMapping.ToDelivery);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<WebhookDelivery?> FindDeliveryAsync(Owner owner, Guid id, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await Deliveries(db, owner).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToDelivery(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<WebhookDelivery?> ReplayAsync(Owner owner, Guid id, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, now, token) =>
        {
            if (await Deliveries(db, owner).SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return null;

            // The token of an attempt that runs is worth nothing any more: what becomes of it is not what was asked for now.
            (row.State, row.Since, row.NextAt) = (DeliveryState.Pending, now, now);
            row.Attempts++;
            await db.SaveChangesAsync(token);
            return row.ToDelivery();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(WebhookDelivery Delivery, Webhook Webhook)>> TakeDueAsync(
        int limit, TimeSpan lease, IReadOnlyCollection<Guid> busy, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<(WebhookDelivery, Webhook)>>(
            WriteMode.Latest,
            async (db, now, token) =>
            {
                var due = await db.Set<WebhookDeliveryRow>().AsNoTracking()
                    .Where(row => row.NextAt <= now && !busy.Contains(row.WebhookId))
                    .OrderBy(row => row.NextAt).ThenBy(row => row.Id)
                    .Take(limit)
                    .ToListAsync(token);
                var taken = new List<WebhookDeliveryRow>(due.Count);
                foreach (var row in due)
                {
                    var until = now + lease;
                    var won = await db.Set<WebhookDeliveryRow>()
                        .Where(found => found.Id == row.Id && found.Attempts == row.Attempts && found.NextAt <= now)
                        .ExecuteUpdateAsync(set => set.SetProperty(found => found.Attempts, row.Attempts + 1).SetProperty(found => found.NextAt, until), token);
                    if (won == 0) continue;
                    (row.Attempts, row.NextAt) = (row.Attempts + 1, until);
                    taken.Add(row);
                }

                var ids = taken.Select(row => row.WebhookId).Distinct().ToList();
                var webhooks = await db.Set<WebhookRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, token);
                return taken.ConvertAll(row => (row.ToDelivery(), webhooks[row.WebhookId].ToWebhook()));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<WebhookDelivery?> SettleAsync(Guid id, int attempt, DeliveryAttempt outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                if (await db.Set<WebhookDeliveryRow>().SingleOrDefaultAsync(row => row.Id == id && row.Attempts == attempt, token) is not { } row) return null;

                IReadOnlyList<DeliveryAttempt> log = [outcome, .. WebhookMapping.ReadLog(row.Log).Take(RememberedAttempts - 1)];
                var next = now + WebhookDelivery.PauseAfter(attempt);
                var gone = outcome.Status == (int)HttpStatusCode.Gone;
                row.Log = WebhookMapping.WriteLog(log);
                (row.State, row.NextAt) = outcome switch
                {
                    { Succeeded: true } => (DeliveryState.Delivered, null),
                    _ when gone || next - row.Since > WebhookDelivery.Patience => (DeliveryState.Failed, (DateTimeOffset?)null),
                    _ => (DeliveryState.Pending, next),
                };
                if (gone)
                {
                    await db.Set<WebhookRow>().Where(webhook => webhook.Id == row.WebhookId && webhook.Url != null)
                        .ExecuteUpdateAsync(set => set.SetProperty(webhook => webhook.Enabled, false), token);
                }

                await db.SaveChangesAsync(token);
                return row.ToDelivery();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> ForgetAsync(TimeSpan age, CancellationToken cancellationToken) => database.WriteAsync(
        WriteMode.Latest,
        async (db, now, token) =>
        {
            var before = now - age;
            return await db.Set<WebhookDeliveryRow>().Where(row => row.CreatedAt < before && row.NextAt == null).ExecuteDeleteAsync(token);
        },
        cancellationToken);

    private static IQueryable<WebhookRow> Of(StudioDbContext db, Owner owner)
    {
        var name = owner.Text;
        return db.Set<WebhookRow>().Where(row => row.Owner == name);
    }

    private static IQueryable<WebhookDeliveryRow> Deliveries(StudioDbContext db, Owner owner)
    {
        var name = owner.Text;
        return db.Set<WebhookDeliveryRow>().Where(row => row.Owner == name);
    }
}
