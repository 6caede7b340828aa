using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Core.Chat;

/// <summary>
/// What of a conversation is told over <see cref="IJobEvents"/>: its watchers hear under the conversation's id that there is something to
/// look at, and workers under <see cref="Waiting"/> that a message waits. Best effort, as all events: the store has the truth.
/// </summary>
public static class ChatChannels
{
    /// <summary>Where workers listen for messages.</summary>
    public static Guid Waiting { get; } = new("6d2f7f0a-6f0e-4c52-9d0e-0c4a7be0c4a7");

    /// <summary>Tells a conversation's watchers to look.</summary>
    public static ValueTask TellAsync(this IJobEvents events, ChatMessage message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(message);
        return events.PublishAsync(new JobEvent(message.SessionId, message.Owner, EventCursor.Accepted, JobEventType.Queued, at), cancellationToken);
    }

    /// <summary>Tells workers that a message waits.</summary>
    public static ValueTask TellWorkersAsync(this IJobEvents events, Owner owner, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.PublishAsync(new JobEvent(Waiting, owner, EventCursor.Accepted, JobEventType.Queued, at), cancellationToken);
    }
}
