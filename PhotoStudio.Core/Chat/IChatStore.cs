using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Core.Chat;

/// <summary>
/// The truth about conversations: it numbers their messages and says whose turn it is. Every change is one transaction and reads its time
/// from the database's clock. Ownership is inside every query.
/// </summary>
public interface IChatStore
{
    /// <summary>Opens a conversation.</summary>
    Task<ChatSession> OpenAsync(Owner owner, string title, CancellationToken cancellationToken);

    /// <summary>The owner's conversation that was used last, among those that the studio named; null when there is none.</summary>
    Task<ChatSession?> FindLatestAsync(Owner owner, CancellationToken cancellationToken);

    /// <summary>The owner's conversation of a name that the client chose; opened when there is none.</summary>
    Task<ChatSession> OfKeyAsync(Owner owner, string key, CancellationToken cancellationToken);

    /// <summary>An owner's conversation; null when there is none or it is another owner's.</summary>
    Task<ChatSession?> FindAsync(Owner owner, Guid sessionId, CancellationToken cancellationToken);

    /// <summary>A conversation whoever owns it: for event streams that were authorized by other means.</summary>
    Task<ChatSession?> FindAsync(Guid sessionId, CancellationToken cancellationToken);

    /// <summary>An owner's conversations, the one used last first.</summary>
    Task<Page<ChatSession>> ListAsync(Owner owner, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a conversation with its messages; what was made of them stays in the gallery. Answers the messages that had not ended, whose
    /// jobs are to be called off; null when there is no such conversation.
    /// </summary>
    Task<IReadOnlyList<ChatMessage>?> DeleteAsync(Owner owner, Guid sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a message with its pictures and numbers it. An id that is there already is answered as it stands. At most
    /// <see cref="ChatMessage.MaxUnfinished"/> messages of an owner wait or are worked on at a time.
    /// </summary>
    Task<AppendOutcome> AppendAsync(Owner owner, Guid sessionId, ChatDraft draft, CancellationToken cancellationToken);

    /// <summary>An owner's message; null when there is none or it is another owner's.</summary>
    Task<ChatMessage?> FindMessageAsync(Owner owner, Guid sessionId, Guid messageId, CancellationToken cancellationToken);

    /// <summary>A conversation's messages by number; empty when there is no such conversation.</summary>
    /// <param name="owner">Whose conversation it is.</param>
    /// <param name="sessionId">The conversation.</param>
    /// <param name="page">Which of them.</param>
    /// <param name="newestFirst">Whether the latest message comes first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Page<ChatMessage>> MessagesAsync(Owner owner, Guid sessionId, PageRequest page, bool newestFirst, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a message whose turn it is: the first of its conversation that has not ended, and that nobody holds. Null when there is none.
    /// </summary>
    /// <param name="worker">Who takes it.</param>
    /// <param name="lease">How long it is theirs unless they save it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ClaimedMessage?> TakeAsync(string worker, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Stores what became of a message, and holds it for another lease unless it has ended. Null when the claim no longer holds or the
    /// conversation is gone.
    /// </summary>
    Task<ClaimedMessage?> SaveAsync(ClaimedMessage claim, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Holds a message for another lease. False when the claim no longer holds or the conversation is gone.</summary>
    Task<bool> RenewAsync(ClaimedMessage claim, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Hands a message back, to be taken again after a pause.</summary>
    /// <param name="claim">The message in hand; nothing happens when the claim no longer holds.</param>
    /// <param name="failed">Whether seeing it through went wrong, which is counted; otherwise the process ends.</param>
    /// <param name="pause">How long nobody takes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task ReleaseAsync(ClaimedMessage claim, bool failed, TimeSpan pause, CancellationToken cancellationToken);

    /// <summary>
    /// Ends every claim at once; only right where one process has the store to itself, before its worker starts. Each counts as a failure:
    /// whoever held it is dead.
    /// </summary>
    Task AbandonAsync(CancellationToken cancellationToken);
}

/// <summary>A message to add.</summary>
/// <param name="Id">Identifies it; made by the caller.</param>
/// <param name="Content">What the person wrote.</param>
public sealed record ChatDraft(Guid Id, string Content)
{
    /// <summary>Pictures of the owner's that come with it.</summary>
    public IReadOnlyList<ChatAttachment> Attachments { get; init; } = [];

    /// <summary>Records of those among them that came with the request; their bytes are stored already.</summary>
    public IReadOnlyList<StudioImage> Uploads { get; init; } = [];
}

/// <summary>A message in a worker's hands.</summary>
/// <param name="Message">The message.</param>
/// <param name="Token">The fencing token: only the latest holder may save.</param>
/// <param name="Failures">How often seeing it through went wrong before: a lease that ran out, or a fault.</param>
public sealed record ClaimedMessage(ChatMessage Message, int Token, int Failures);

/// <summary>What became of a message that was added.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>It is there; as it stands, where it was there before.</summary>
    public sealed record Added(ChatMessage Message) : AppendOutcome;

    /// <summary>There is no such conversation, or it is another owner's.</summary>
    public sealed record Missing : AppendOutcome;

    /// <summary>Too many of the owner's messages wait already. Nothing was added.</summary>
    /// <param name="Limit">How many may.</param>
    public sealed record Full(int Limit) : AppendOutcome;
}
