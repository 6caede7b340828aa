using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

/// <summary>A webhook as its owner sees it.</summary>
public sealed record WebhookResource
{
    /// <summary>Identifies the webhook.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where messages go.</summary>
    public required string? Url { get; init; }

    /// <summary>What its owner says about it.</summary>
    public required string Description { get; init; }

    /// <summary>The types of event it wants; none for all.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>Whether it is told.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What signs its messages; only in the answers that make one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Until when the secret before signs too; null when there is none.</summary>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static WebhookResource From(Webhook webhook, bool withSecret = false) => new()
    {
        Id = webhook.Id,
        Url = webhook.Url,
        Description = webhook.Description,
        Events = webhook.Events,
        Enabled = webhook.Enabled,
        Secret = withSecret ? webhook.Secret : null,
        PreviousSecretUntil = webhook.PreviousUntil,
        CreatedAt = webhook.CreatedAt,
    };
}

/// <summary>A message and every attempt to deliver it.</summary>
public sealed record DeliveryResource
{
    /// <summary>Identifies the message.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its <c>webhook-id</c>.</summary>
    public required string MessageId { get; init; }

    /// <summary>The webhook it goes to, or the secret for jobs.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>Where it goes.</summary>
    public required string Url { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; init; }

    /// <summary>pending, delivered or failed.</summary>
    public required string Status { get; init; }

    /// <summary>The job it is about.</summary>
    public required Guid? JobId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next attempt is due; null when there will be none.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The latest attempts, the last one first.</summary>
    public required IReadOnlyList<AttemptResource> Attempts { get; init; }

    /// <summary>The body, as it is sent.</summary>
    public required string Payload { get; init; }

    internal static DeliveryResource From(WebhookDelivery delivery) => new()
    {
        Id = delivery.Id,
        MessageId = delivery.MessageId,
        WebhookId = delivery.WebhookId,
        Url = delivery.Url,
        Type = delivery.Type,
        Status = delivery.State switch
        {
            DeliveryState.Pending => "pending",
            DeliveryState.Delivered => "delivered",
            DeliveryState.Failed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(delivery), delivery.State, null),
        },
        JobId = delivery.JobId,
        CreatedAt = delivery.CreatedAt,
        NextAttemptAt = delivery.NextAt,
        Attempts = [.. delivery.Log.Select(attempt => new AttemptResource(attempt.At, attempt.Status, attempt.Error, attempt.Milliseconds))],
        Payload = delivery.Payload,
    };
}

/// <summary>An attempt to deliver a message.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The receiver's HTTP status; null when none came.</param>
/// <param name="Error">Why it did not work; null when it did.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record AttemptResource(DateTimeOffset At, int? Status, string? Error, double Milliseconds);

/// <summary>What makes or changes a webhook.</summary>
/// <param name="Url">Where messages go: http or https, a public address.</param>
/// <param name="Description">What you say about it, up to 500 characters.</param>
/// <param name="Events">The types of event it wants: job.completed, job.failed, job.cancelled; none for all.</param>
/// <param name="Enabled">Whether it is told.</param>
public sealed record WebhookRequest(string? Url, string? Description, IReadOnlyList<string>? Events, bool? Enabled);

/// <summary>What changes a secret.</summary>
/// <param name="OverlapHours">For how long the secret before signs beside the new one, 0 to 168 hours; 24 unless given.</param>
public sealed record RotateRequest(int? OverlapHours);

/// <summary>The contracts of webhooks, for compile-time JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(RotateRequest))]
[JsonSerializable(typeof(Envelope<WebhookResource>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<WebhookResource>>))]
[JsonSerializable(typeof(Envelope<DeliveryResource>))]
[JsonSerializable(typeof(ListEnvelope<DeliveryResource>))]
internal sealed partial class WebhookJson : JsonSerializerContext;
