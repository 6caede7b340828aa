using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing;

internal static class ShowJob
{
    public static async Task<Results<Ok<Envelope<JobResource>>, StatusCodeHttpResult, StudioProblem>> HandleAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        IJobStore jobs,
        JobPresenter presenter,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(caller.Owner, id, cancellationToken) is not { } job) return StudioProblem.Missing("job");

        // Before its end a job changes with every look: its place in the queue alone does.
        if (job.State.IsTerminal() && EntityTags.IsKnown(http, EntityTags.Of(time, job.State.WireName(), job.Attempt)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        return TypedResults.Ok(new Envelope<JobResource>(await presenter.ShowAsync(job, cancellationToken), Sentence(job)));
    }

    /// <summary>Where a job stands, in one sentence.</summary>
    public static string Sentence(Job job) => job.State switch
    {
        JobState.Pending => "The job waits for a worker.",
        JobState.Processing => "The job is being processed.",
        JobState.Completed => "The job is done.",
        JobState.Failed => "The job failed.",
        JobState.Cancelled => "The job was cancelled.",
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.State, null),
    };
}
