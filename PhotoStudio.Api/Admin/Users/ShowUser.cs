using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Admin.Users;

internal static class ShowUser
{
    public static async Task<Results<Ok<Envelope<UserResource>>, StudioProblem>> HandleAsync(
        Guid id, IAccountStore accounts, IQuotas quotas, CancellationToken cancellationToken) =>
        await accounts.FindAsync(id, cancellationToken) is { } account
            ? TypedResults.Ok(new Envelope<UserResource>(UserResource.From(account, await quotas.ReadAsync(account.Owner, cancellationToken)), "An account."))
            : StudioProblem.Missing("account");
}
