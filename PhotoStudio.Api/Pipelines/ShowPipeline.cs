using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

internal static class ShowPipeline
{
    public static async Task<Results<Ok<PipelineResource>, StatusCodeHttpResult, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, IFlowStore flows, PipelinePresenter presenter, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await PipelineView.FindAsync(flows, caller.Owner, id, cancellationToken) is not { } view) return StudioProblem.Missing("pipeline");
        if (view.Flow.State.IsTerminal() && EntityTags.IsKnown(http, EntityTags.Of(time, view.Flow.State.WireName(), view.Flow.CurrentStep)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(await presenter.ShowAsync(view, cancellationToken));
    }
}
