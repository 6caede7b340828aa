using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

internal static class ShowBatch
{
    public static async Task<Results<Ok<BatchResource>, StatusCodeHttpResult, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, IFlowStore flows, BatchPresenter presenter, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await BatchView.FindAsync(flows, caller.Owner, id, cancellationToken) is not { } view) return StudioProblem.Missing("batch");
        if (view.State.IsTerminal() && EntityTags.IsKnown(http, EntityTags.Of(time, view.State.WireName(), view.Tally.Completed)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(await presenter.ShowAsync(view, cancellationToken));
    }
}
