namespace PhotoStudio.Worker.Scheduled;

/// <summary>How long things are kept that nobody removes. Section <c>Studio:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Retention";

    /// <summary>Jobs, from their end on; 2 days at least, so that idempotency keys find theirs.</summary>
    public TimeSpan Jobs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Messages to webhooks, with the log of their attempts; 2 days at least.</summary>
    public TimeSpan WebhookMessages { get; set; } = TimeSpan.FromDays(30);

    /// <summary>What was taken from daily quotas, in days; 2 at least.</summary>
    public int QuotaDays { get; set; } = 31;

    /// <summary>Blobs that no record names; an hour at least, since a blob is stored before its record.</summary>
    public TimeSpan OrphanedBlobs { get; set; } = TimeSpan.FromDays(1);
}
