using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing;

internal static class ListJobs
{
    public static async Task<Results<Ok<ListEnvelope<JobResource>>, StudioProblem>> HandleAsync(
        HttpRequest request,
        Caller caller,
        IJobStore jobs,
        JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var wanted = new JobQuery(query.State(), query.Operation("operation", "job_type"));
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await jobs.ListAsync(caller.Owner, wanted, page, cancellationToken);
        var shown = new List<JobResource>(found.Items.Count);
        foreach (var job in found.Items) shown.Add(await presenter.ShowAsync(job, cancellationToken));
        return TypedResults.Ok(query.Answer(new Page<JobResource>(shown, found.Number, found.Size, found.Total), "Your jobs, newest first."));
    }
}
