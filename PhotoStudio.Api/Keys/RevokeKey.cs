using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Keys;

internal static class RevokeKey
{
    public static async Task<Results<Ok<Envelope<KeyResource>>, StudioProblem>> HandleAsync(
        Guid id, AccountCaller caller, IApiKeyStore keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(caller.AccountId, id, cancellationToken) is { } key
            ? TypedResults.Ok(new Envelope<KeyResource>(KeyResource.From(key), "The key is revoked."))
            : StudioProblem.Missing("key");
}
