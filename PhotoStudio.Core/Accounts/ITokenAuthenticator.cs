namespace PhotoStudio.Core.Accounts;

/// <summary>
/// Says whose token this is. The accounts register one; without any, no token is valid and every caller is a guest or nobody.
/// </summary>
public interface ITokenAuthenticator
{
    /// <summary>Who holds the token; null when it is not a valid one of this authenticator.</summary>
    /// <param name="token">The token as it came, at most <see cref="MaxTokenLength"/> characters.</param>
    /// <param name="carrier">How it came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken);

    /// <summary>The longest token that is looked at, in characters.</summary>
    const int MaxTokenLength = 8192;
}

/// <summary>How a token came.</summary>
public enum TokenCarrier
{
    /// <summary><c>Authorization: Bearer</c> or <c>Authorization: Token</c>.</summary>
    Authorization,

    /// <summary><c>X-Api-Key</c>.</summary>
    ApiKey,
}

/// <summary>Who a token speaks for.</summary>
/// <param name="Owner">Whose things the caller sees.</param>
public sealed record TokenIdentity(Owner Owner)
{
    /// <summary>The <c>user_id</c> that is the caller's own; any other is refused. Null when the caller has none.</summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The service key that may act as any <c>user_id</c> inside its own namespace (<c>svc:&lt;key id&gt;:&lt;user_id&gt;</c>);
    /// null for a caller that may not.
    /// </summary>
    public string? ActsForKey { get; init; }

    /// <summary>The account the token was given to; null for tokens of other issuers. A service key has one and does not act as it.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The sign-in that the token comes from; null for keys and for tokens of other issuers, which may not manage an account.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Roles, such as <c>admin</c>; see <see cref="AccountRoles"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
