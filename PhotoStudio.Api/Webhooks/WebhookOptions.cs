namespace PhotoStudio.Api.Webhooks;

/// <summary>How messages are delivered. Section <c>Studio:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Webhooks";

    /// <summary>Whether this process delivers messages.</summary>
    public bool Deliver { get; set; } = true;

    /// <summary>The time a receiver has for an answer; 1 s to 1 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it is looked for messages that are due; 50 ms to 1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Messages that are under way at a time, 1 to 1,024.</summary>
    public int Parallel { get; set; } = 32;

    /// <summary>Messages that are under way to one webhook at a time, so that a slow receiver keeps nobody else's waiting.</summary>
    public int ParallelPerWebhook { get; set; } = 4;
}
