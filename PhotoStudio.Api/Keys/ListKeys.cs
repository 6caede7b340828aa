using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Keys;

internal static class ListKeys
{
    public static async Task<Results<Ok<ListEnvelope<KeyResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, AccountCaller caller, IApiKeyStore keys, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await keys.ListAsync(caller.AccountId, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(key => KeyResource.From(key)), "Your keys, newest first."));
    }
}
