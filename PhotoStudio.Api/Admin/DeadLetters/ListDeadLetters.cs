using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Admin.Queue;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Admin.DeadLetters;

internal static class ListDeadLetters
{
    public static async Task<Results<Ok<ListEnvelope<AdminJobResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, IJobAdministration jobs, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        var operation = query.Operation("operation");
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);
        var found = await jobs.DeadLettersAsync(operation, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(AdminJobResource.From), "Dead letters, the last one first."));
    }
}
