using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Keys;

internal static class ShowKey
{
    public static async Task<Results<Ok<Envelope<KeyResource>>, StudioProblem>> HandleAsync(
        Guid id, AccountCaller caller, IApiKeyStore keys, CancellationToken cancellationToken) =>
        await keys.FindAsync(caller.AccountId, id, cancellationToken) is { } key
            ? TypedResults.Ok(new Envelope<KeyResource>(KeyResource.From(key), "Your key."))
            : StudioProblem.Missing("key");
}
