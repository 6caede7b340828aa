using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Admin.Users;

internal static class ListUsers
{
    private const int MaxSearchLength = 100;

    public static async Task<Results<Ok<ListEnvelope<UserResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, IAccountDirectory accounts, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        var filter = new AccountFilter { Search = query.Text("search", MaxSearchLength), Role = query.Text("role", MaxSearchLength), Locked = query.Flag("locked") };
        if (filter.Role is { } role && !AccountRoles.All.Contains(role)) query.Faults.Add("role", $"must be one of: {string.Join(", ", AccountRoles.All)}.");
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await accounts.ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(account => UserResource.From(account)), "Accounts, newest first."));
    }
}
