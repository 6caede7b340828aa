using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Flows;

namespace PhotoStudio.Api.Pipelines;

internal static class ListPipelines
{
    public static async Task<Results<Ok<ListEnvelope<PipelineResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, Caller caller, IFlowStore flows, PipelinePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var state = query.State();
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await flows.ListAsync(caller.Owner, state, page, cancellationToken);
        return TypedResults.Ok(query.Answer(await presenter.ShowAsync(caller.Owner, found, cancellationToken), "Your pipelines, newest first."));
    }
}
