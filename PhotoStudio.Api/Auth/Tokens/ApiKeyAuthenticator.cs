using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>
/// API keys, which work on their account's things, and service keys, which act for any user inside a namespace of their own. Neither is an admin,
/// whoever made it, and neither may manage the account.
/// </summary>
internal sealed class ApiKeyAuthenticator(IApiKeyStore keys) : ITokenAuthenticator
{
    public async ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken)
    {
        if (!TokenSecrets.Is(TokenSecrets.Key, token)) return null;
        if (await keys.UseAsync(TokenSecrets.Hash(token), cancellationToken) is not var (key, roles)) return null;

        var id = key.Id.ToString("N");
        var isService = key.Scopes.Contains(ApiKeyScopes.ActAs);
        return new TokenIdentity(isService ? Owner.Parse($"svc:{id}:{id}") : Owner.User(key.AccountId))
        {
            UserId = isService ? null : key.AccountId.ToString("D"),
            ActsForKey = isService ? id : null,
            AccountId = key.AccountId,
            Roles = [.. roles.Except([AccountRoles.Admin])],
        };
    }
}
