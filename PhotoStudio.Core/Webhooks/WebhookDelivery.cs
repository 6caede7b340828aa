using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Webhooks;

/// <summary>One message to one address, and every attempt to deliver it.</summary>
public sealed record WebhookDelivery
{
    /// <summary>How long attempts are made.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
    ];

    /// <summary>Identifies the message.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Owner Owner { get; init; }

    /// <summary>The webhook it goes to, or whose secret signs it.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>Where it goes.</summary>
    public required string Url { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; init; }

    /// <summary>The body, the same in every attempt.</summary>
    public required string Payload { get; init; }

    /// <summary>The job it is about.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on the day of attempts counts: when it was written, or asked for again.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the next attempt is due; null when there will be none.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>What became of the latest attempts, the last one first.</summary>
    public IReadOnlyList<DeliveryAttempt> Log { get; init; } = [];

    /// <summary>The message's id on the wire.</summary>
    public string MessageId => $"msg_{Id:N}";

    /// <summary>The pause after so many attempts; the last one is repeated.</summary>
    public static TimeSpan PauseAfter(int attempts) => Pauses[Math.Clamp(attempts, 1, Pauses.Length) - 1];
}

/// <summary>An attempt to deliver a message.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The receiver's HTTP status; null when none came.</param>
/// <param name="Error">Why it did not work; null when it did.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, string? Error, double Milliseconds)
{
    /// <summary>Whether the receiver took the message.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <summary>Where a message stands.</summary>
public enum DeliveryState
{
    /// <summary>An attempt will be made.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It was given up after a day, or the receiver wants no more.</summary>
    Failed,
}
