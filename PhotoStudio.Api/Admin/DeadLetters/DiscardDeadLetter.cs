using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Admin.Queue;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Admin.DeadLetters;

internal static class DiscardDeadLetter
{
    public static async Task<Results<Ok<Envelope<AdminJobResource>>, StudioProblem>> HandleAsync(
        Guid id, IJobAdministration jobs, CancellationToken cancellationToken) =>
        await jobs.DiscardAsync(id, cancellationToken) is { } job
            ? TypedResults.Ok(new Envelope<AdminJobResource>(AdminJobResource.From(job), "The dead letter is given up."))
            : StudioProblem.Missing("dead letter");
}
