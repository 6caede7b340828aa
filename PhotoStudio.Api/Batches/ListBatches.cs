using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Flows;

namespace PhotoStudio.Api.Batches;

internal static class ListBatches
{
    public static async Task<Results<Ok<ListEnvelope<BatchResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, Caller caller, IFlowStore flows, BatchPresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await flows.ListBatchesAsync(caller.Owner, page, cancellationToken);
        return TypedResults.Ok(query.Answer(await presenter.ShowAsync(caller.Owner, found, cancellationToken), "Your batches, newest first."));
    }
}
