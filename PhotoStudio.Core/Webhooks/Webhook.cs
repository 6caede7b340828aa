using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Webhooks;

/// <summary>An address that an owner wants to be told at when jobs end.</summary>
public sealed record Webhook
{
    /// <summary>The most an owner may have.</summary>
    public const int MaxPerOwner = 20;

    /// <summary>The longest URL, in characters.</summary>
    public const int MaxUrlLength = 2000;

    /// <summary>Identifies the webhook.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Where messages go; null for the secret that signs what goes to the <c>webhook_url</c> of single jobs.</summary>
    public required string? Url { get; init; }

    /// <summary>What its owner says about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>The types of event it wants; none for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Whether it is told at all. One that answers 410 is not told any more.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What signs its messages; see <see cref="WebhookSignature"/>.</summary>
    public required string Secret { get; init; }

    /// <summary>The secret before, which signs beside the new one for a while.</summary>
    public string? PreviousSecret { get; init; }

    /// <summary>Until when the secret before signs too.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The secrets that sign at a time, the newest first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) =>
        PreviousSecret is { } previous && now < PreviousUntil ? [Secret, previous] : [Secret];

    /// <summary>Whether it wants a type of event.</summary>
    public bool Wants(string type) => Enabled && (Events.Count == 0 || Events.Contains(type));
}

/// <summary>The types of event.</summary>
public static class WebhookEvents
{
    /// <summary>A test that its owner asked for.</summary>
    public const string Test = "webhook.test";

    /// <summary>A job ended with a result.</summary>
    public const string JobCompleted = "job.completed";

    /// <summary>A job was given up.</summary>
    public const string JobFailed = "job.failed";

    /// <summary>A job was called off.</summary>
    public const string JobCancelled = "job.cancelled";

    /// <summary>Those that can be chosen.</summary>
    public static IReadOnlyList<string> All { get; } = [JobCompleted, JobFailed, JobCancelled];
}
