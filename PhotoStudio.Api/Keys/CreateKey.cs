using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Keys;

internal static class CreateKey
{
    private const int MaxNameLength = 100;
    private const int MaxScopeLength = 32;
    private const int ShownCharacters = 12;
    private const long MinSeconds = 60;
    private const long MaxSeconds = 10L * 366 * 24 * 60 * 60;

    public static async Task<Results<Created<Envelope<KeyResource>>, StudioProblem>> HandleAsync(
        HttpContext http, AccountCaller caller, IApiKeyStore keys, IOptions<AuthOptions> options, IHostEnvironment environment, TimeProvider time)
    {
        var fields = await BodyFields.ReadAsync(http);
        var name = fields.Text("name", MaxNameLength)?.Trim();
        if (string.IsNullOrEmpty(name) && !fields.Faults.Has("name")) fields.Faults.Add("name", "is required.");
        var scopes = fields.Texts("scopes", ApiKeyScopes.All.Count, MaxScopeLength) ?? [];
        foreach (var scope in scopes.Except(ApiKeyScopes.All))
            fields.Faults.Add("scopes", $"has the unknown scope '{scope}'. Known: {string.Join(", ", ApiKeyScopes.All)}.");
        var seconds = fields.Number("expires_in", MinSeconds, MaxSeconds);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var settings = options.Value;
        var makers = settings.ServiceKeys ?? (environment.IsProduction() ? ServiceKeyMakers.Admins : ServiceKeyMakers.Everyone);
        if (scopes.Contains(ApiKeyScopes.ActAs) && makers == ServiceKeyMakers.Admins && !caller.Roles.Contains(AccountRoles.Admin))
            return StudioProblem.Of(ProblemCode.Forbidden, "Only an admin may make a service key (scope act_as) here.");

        var (secret, now) = (TokenSecrets.New(TokenSecrets.Key), time.GetUtcNow());
        var key = new ApiKey
        {
            Id = OrderedId.New(now),
            AccountId = caller.AccountId,
            Name = name!,
            Prefix = secret[..ShownCharacters],
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = seconds is { } lifetime ? now.AddSeconds(lifetime) : null,
        };
        return await keys.CreateAsync(key, TokenSecrets.Hash(secret), settings.MaxKeys, http.RequestAborted)
            ? TypedResults.Created(
                $"/api/v1/keys/{key.Id}",
                new Envelope<KeyResource>(KeyResource.From(key, secret), "Keep this key now: it is not shown again."))
            : StudioProblem.Of(ProblemCode.Conflict, $"An account may have {settings.MaxKeys} keys. Revoke one first.");
    }
}
