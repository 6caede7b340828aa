using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Chat;

/// <summary>A conversation.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Title">What it is called; empty until its first message names it.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="UpdatedAt">When its latest message was received or finished.</param>
public sealed record ChatSession(Guid Id, Owner Owner, string Title, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitleLength = 120;

    /// <summary>The longest name that a client may choose for a session, in characters.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>The name that a client chose for it; unique within its owner. Null for one that the studio named.</summary>
    public string? Key { get; init; }

    /// <summary>How many messages it has: the number of the latest one.</summary>
    public int Messages { get; init; }
}
