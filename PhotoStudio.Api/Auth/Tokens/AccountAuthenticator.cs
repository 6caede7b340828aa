using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>The studio's own tokens: the long-lived token of a sign-in, and access tokens.</summary>
internal sealed class AccountAuthenticator(AccessTokens accessTokens, ISessionStore sessions) : ITokenAuthenticator
{
    public async ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken)
    {
        if (TokenSecrets.Is(TokenSecrets.Session, token))
            return ToIdentity(await sessions.FindByTokenAsync(TokenSecrets.Hash(token), cancellationToken));
        if (accessTokens.Read(token) is not var (accountId, sessionId)) return null;

        var session = await sessions.FindAsync(sessionId, cancellationToken);
        return session?.AccountId == accountId ? ToIdentity(session) : null;
    }

    private static TokenIdentity? ToIdentity(SessionIdentity? session) => session is null ? null : new TokenIdentity(Owner.User(session.AccountId))
    {
        UserId = session.AccountId.ToString("D"),
        AccountId = session.AccountId,
        SessionId = session.SessionId,
        Roles = session.Roles,
    };
}
