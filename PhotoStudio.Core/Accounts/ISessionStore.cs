namespace PhotoStudio.Core.Accounts;

/// <summary>
/// Sign-ins. A session has one long-lived token and a family of refresh tokens of which one is good at a time; access tokens name
/// the session. Everything ends with the session, and the session ends with the account's epoch. Tokens come hashed.
/// </summary>
public interface ISessionStore
{
    /// <summary>Opens a session, unless the account is gone or under another epoch by now.</summary>
    Task<SessionIdentity?> OpenAsync(NewSession session, CancellationToken cancellationToken);

    /// <summary>Who holds a long-lived token; null when it is unknown or no longer valid.</summary>
    Task<SessionIdentity?> FindByTokenAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Whose session this is; null when it has ended.</summary>
    Task<SessionIdentity?> FindAsync(Guid sessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Exchanges a refresh token for the next one of its family. A token that was exchanged before ends the whole session: it was
    /// copied, and nobody can tell by whom. Of several that exchange one token at once, one gets an answer.
    /// </summary>
    /// <returns>The session; null when the token is unknown, expired, used, or its session has ended.</returns>
    Task<SessionIdentity?> RefreshAsync(string tokenHash, string nextTokenHash, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Ends a session and every token of it; false when it had ended.</summary>
    Task<bool> CloseAsync(Guid sessionId, CancellationToken cancellationToken);

    /// <summary>Forgets what has expired or ended a while ago: sessions, refresh tokens, reset tokens, failed sign-ins.</summary>
    Task ForgetAsync(CancellationToken cancellationToken);
}

/// <summary>A session to open.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="TokenEpoch">The account's epoch when its password was checked.</param>
/// <param name="TokenHash">The hash of the long-lived token.</param>
/// <param name="TokenLifetime">How long that token is good.</param>
/// <param name="RefreshHash">The hash of the first refresh token.</param>
/// <param name="RefreshLifetime">How long a refresh token is good.</param>
public sealed record NewSession(
    Guid AccountId, string TokenEpoch, string TokenHash, TimeSpan TokenLifetime, string RefreshHash, TimeSpan RefreshLifetime);

/// <summary>Who signed in.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Roles">The account's roles now.</param>
/// <param name="OpenedAt">When the password was checked.</param>
/// <param name="TokenExpiresAt">When the long-lived token ends.</param>
public sealed record SessionIdentity(
    Guid SessionId, Guid AccountId, IReadOnlyList<string> Roles, DateTimeOffset OpenedAt, DateTimeOffset TokenExpiresAt);
