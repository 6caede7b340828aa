using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

/// <summary>What a request says about a webhook; null leaves a field as it is.</summary>
internal sealed record WebhookFields(string? Url, string? Description, IReadOnlyList<string>? Events, bool? Enabled)
{
    private const int MaxDescriptionLength = 500;
    private const int MaxTypeLength = 64;
    private const int MaxOverlapHours = 168;
    private const int DefaultOverlapHours = 24;

    public static WebhookFields Read(BodyFields fields, EgressGate gate)
    {
        var url = WebhookUrls.Read(fields.Secret("url", int.MaxValue), "url", gate, fields.Faults);
        var events = fields.Texts("events", WebhookEvents.All.Count, MaxTypeLength);
        foreach (var unknown in events?.Except(WebhookEvents.All) ?? [])
            fields.Faults.Add("events", $"has the unknown type '{unknown}'. Known: {string.Join(", ", WebhookEvents.All)}.");
        return new WebhookFields(url, fields.Text("description", MaxDescriptionLength)?.Trim(), events, fields.Flag("enabled"));
    }

    /// <summary>For how long the secret before goes on signing.</summary>
    public static TimeSpan ReadOverlap(BodyFields fields) => TimeSpan.FromHours(fields.Number("overlap_hours", 0, MaxOverlapHours) ?? DefaultOverlapHours);

    /// <summary>The webhook with what was said.</summary>
    public Webhook ApplyTo(Webhook webhook) => webhook with
    {
        Url = Url ?? webhook.Url,
        Description = Description ?? webhook.Description,
        Events = Events ?? webhook.Events,
        Enabled = Enabled ?? webhook.Enabled,
    };

    /// <summary>A webhook with another secret; the one before signs for a while.</summary>
    public static Webhook Rotate(Webhook webhook, TimeSpan overlap, DateTimeOffset now) => webhook with
    {
        Secret = WebhookSignature.NewSecret(),
        PreviousSecret = overlap > TimeSpan.Zero ? webhook.Secret : null,
        PreviousUntil = overlap > TimeSpan.Zero ? now + overlap : null,
    };
}
