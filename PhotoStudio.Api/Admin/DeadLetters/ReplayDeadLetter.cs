using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Admin.Queue;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Admin.DeadLetters;

internal static class ReplayDeadLetter
{
    public static async Task<Results<Accepted<Envelope<AdminJobResource>>, StudioProblem>> HandleAsync(
        Guid id, IJobAdministration jobs, JobAnnouncer announcer, CancellationToken cancellationToken)
    {
        if (await jobs.ReplayAsync(id, cancellationToken) is not { } job) return StudioProblem.Missing("dead letter");
        await announcer.AcceptedAsync(job);
        return TypedResults.Accepted(JobLinks.Self(id), new Envelope<AdminJobResource>(AdminJobResource.From(job), "The job is tried again."));
    }
}
