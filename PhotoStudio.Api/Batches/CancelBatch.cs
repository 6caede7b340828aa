using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

/// <summary>
/// Calls a batch off: items that wait or run are cancelled, what is done stays. Doing it again is fine; a batch whose every item
/// has ended by itself cannot be called off any more and is a 409.
/// </summary>
internal static class CancelBatch
{
    public static async Task<Results<Ok<BatchResource>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, JobAnnouncer announcer, IFlowStore flows, BatchPresenter presenter, CancellationToken cancellationToken)
    {
        if (await announcer.CancelBatchAsync(caller.Owner, id, cancellationToken) is not { } cancelled
            || await BatchView.FindAsync(flows, caller.Owner, id, cancellationToken) is not { } view)
        {
            return StudioProblem.Missing("batch");
        }

        if (cancelled.Jobs.Count == 0 && cancelled.Batch.CancelledAt is null)
        {
            return StudioProblem.Of(ProblemCode.Conflict, $"The batch has ended already: it is {view.State.WireName()}.") with
            {
                Location = BatchLinks.Self(id),
            };
        }

        return TypedResults.Ok(await presenter.ShowAsync(view, cancellationToken));
    }
}
