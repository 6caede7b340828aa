using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing;

/// <summary>
/// Calls a job off. Doing it again is fine; a job that has completed or failed cannot be called off any more and is a 409.
/// </summary>
internal static class CancelJob
{
    public static async Task<Results<Ok<Envelope<JobResource>>, StudioProblem>> HandleAsync(
        Guid id,
        Caller caller,
        JobAnnouncer announcer,
        JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        if (await announcer.CancelAsync(caller.Owner, id, cancellationToken) is not { } job) return StudioProblem.Missing("job");
        if (job.State != JobState.Cancelled)
        {
            return StudioProblem.Of(ProblemCode.Conflict, $"The job has ended already: it is {job.State.WireName()}.") with
            {
                Location = JobLinks.Self(job.Id),
            };
        }

        return TypedResults.Ok(new Envelope<JobResource>(await presenter.ShowAsync(job, cancellationToken), ShowJob.Sentence(job)));
    }
}
