using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

/// <summary>
/// Calls a pipeline off: the step that waits or runs is cancelled, no other follows. Doing it again is fine; a pipeline that has
/// completed or failed cannot be called off any more and is a 409.
/// </summary>
internal static class CancelPipeline
{
    public static async Task<Results<Ok<PipelineResource>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, JobAnnouncer announcer, IFlowStore flows, PipelinePresenter presenter, CancellationToken cancellationToken)
    {
        if (await announcer.CancelFlowAsync(caller.Owner, id, cancellationToken) is not { } flow) return StudioProblem.Missing("pipeline");
        if (flow.State != JobState.Cancelled)
        {
            return StudioProblem.Of(ProblemCode.Conflict, $"The pipeline has ended already: it is {flow.State.WireName()}.") with
            {
                Location = PipelineLinks.Self(id),
            };
        }

        var view = await PipelineView.FindAsync(flows, caller.Owner, id, cancellationToken);
        return view is null ? StudioProblem.Missing("pipeline") : TypedResults.Ok(await presenter.ShowAsync(view, cancellationToken));
    }
}
