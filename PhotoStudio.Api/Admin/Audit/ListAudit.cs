using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Audit;

namespace PhotoStudio.Api.Admin.Audit;

internal static class ListAudit
{
    private const int MaxActionLength = 64;

    public static async Task<Results<Ok<ListEnvelope<AuditEntry>>, StudioProblem>> HandleAsync(
        HttpRequest request, IAuditLog log, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        var filter = new AuditFilter(query.Text("actor", Owner.MaxLength), query.Text("action", MaxActionLength));
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);
        return TypedResults.Ok(query.Answer(await log.ListAsync(filter, page, cancellationToken), "What administrators did, newest first."));
    }
}
