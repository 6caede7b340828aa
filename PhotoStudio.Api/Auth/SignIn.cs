using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Auth;

/// <summary>Opens sessions and hands out their tokens.</summary>
internal sealed class SignIn(ISessionStore sessions, IJobStore jobs, AccessTokens accessTokens, IOptions<AuthOptions> options)
{
    /// <summary>A new session of an account whose password was just checked.</summary>
    /// <exception cref="Problems.ProblemException">401: the account was deleted, or its password changed, in this moment.</exception>
    public async Task<SignedInResource> OpenAsync(Account account, CancellationToken cancellationToken)
    {
        var (token, refresh) = (TokenSecrets.New(TokenSecrets.Session), TokenSecrets.New(TokenSecrets.Refresh));
        var settings = options.Value;
        var opened = await sessions.OpenAsync(
            new NewSession(
                account.Id,
                account.TokenEpoch,
                TokenSecrets.Hash(token),
                settings.TokenLifetime,
                TokenSecrets.Hash(refresh),
                settings.RefreshTokenLifetime),
            cancellationToken) ?? throw PasswordGate.Wrong.ToException();
        return new SignedInResource
        {
            Token = token,
            TokenExpiresAt = opened.TokenExpiresAt,
            AccessToken = accessTokens.Issue(account.Id, opened.SessionId),
            RefreshToken = refresh,
            ExpiresIn = accessTokens.LifetimeSeconds,
            User = await AccountResource.FromAsync(account, jobs, cancellationToken),
        };
    }

    /// <summary>The next tokens of a session; null when the refresh token is not good.</summary>
    public async Task<RefreshedResource?> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (!TokenSecrets.Is(TokenSecrets.Refresh, refreshToken)) return null;

        var next = TokenSecrets.New(TokenSecrets.Refresh);
        var session = await sessions.RefreshAsync(
            TokenSecrets.Hash(refreshToken), TokenSecrets.Hash(next), options.Value.RefreshTokenLifetime, cancellationToken);
        return session is null
            ? null
            : new RefreshedResource(accessTokens.Issue(session.AccountId, session.SessionId), next, accessTokens.LifetimeSeconds);
    }
}
