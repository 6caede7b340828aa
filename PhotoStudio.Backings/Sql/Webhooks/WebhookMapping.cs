using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Backings.Sql.Webhooks;

/// <summary>Webhooks and messages to rows and back.</summary>
internal static class WebhookMapping
{
    public static Webhook ToWebhook(this WebhookRow row) => new()
    {
        Id = row.Id,
        Owner = Owner.Parse(row.Owner),
        Url = row.Url,
        Description = row.Description,
        Events = row.Events.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Enabled = row.Enabled,
        Secret = row.Secret,
        PreviousSecret = row.PreviousSecret,
        PreviousUntil = row.PreviousUntil,
        CreatedAt = row.CreatedAt,
    };

    public static WebhookRow ToRow(this Webhook webhook)
    {
        var row = new WebhookRow
        {
            Id = webhook.Id,
            Owner = webhook.Owner.Text,
            Description = webhook.Description,
            Events = "",
            Secret = webhook.Secret,
            CreatedAt = webhook.CreatedAt,
        };
        row.Apply(webhook);
        return row;
    }

    public static void Apply(this WebhookRow row, Webhook webhook)
    {
        row.Url = webhook.Url;
        row.Description = webhook.Description;
        row.Events = string.Join(' ', webhook.Events);
        row.Enabled = webhook.Enabled;
        row.Secret = webhook.Secret;
        row.PreviousSecret = webhook.PreviousSecret;
        row.PreviousUntil = webhook.PreviousUntil;
        row.Version++;
    }

    public static WebhookDelivery ToDelivery(this WebhookDeliveryRow row) => new()
    {
        Id = row.Id,
        Owner = Owner.Parse(row.Owner),
        WebhookId = row.WebhookId,
        Url = row.Url,
        Type = row.Type,
        Payload = row.Payload,
        JobId = row.JobId,
        State = row.State,
        CreatedAt = row.CreatedAt,
        Since = row.Since,
        NextAt = row.NextAt,
        Attempts = row.Attempts,
        Log = ReadLog(row.Log),
    };

    public static IReadOnlyList<DeliveryAttempt> ReadLog(string json) =>
        JsonSerializer.Deserialize(json, WebhookRowJson.Default.IReadOnlyListDeliveryAttempt) ?? [];

    public static string WriteLog(IReadOnlyList<DeliveryAttempt> log) => JsonSerializer.Serialize(log, WebhookRowJson.Default.IReadOnlyListDeliveryAttempt);
}

/// <summary>JSON in columns of messages, and their bodies.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<DeliveryAttempt>))]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class WebhookRowJson : JsonSerializerContext;
