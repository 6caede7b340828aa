using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
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
        var wanted = new JobQuery(query.State(), query.Operation("operation", "job_type", "type"))
        {
            From = query.Time("date_from") ?? query.Time("from"),
            Before = query.Time("date_to", wholeDay: true) ?? query.Time("to", wholeDay: true),
        };
        query.CheckOrder("date_from", wanted.From, wanted.Before);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await jobs.ListAsync(caller.Owner, wanted, page, cancellationToken);
        return TypedResults.Ok(query.Answer(await presenter.ShowAsync(caller.Owner, found, cancellationToken), "Your jobs, newest first."));
    }
}
