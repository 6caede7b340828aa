using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Admin.Queue;

internal static class ShowQueue
{
    private const int Owners = 50;

    public static async Task<Ok<Envelope<QueueStateResource>>> HandleAsync(IJobAdministration jobs, IJobBell bell, CancellationToken cancellationToken)
    {
        var queue = await jobs.QueueAsync(Owners, cancellationToken);
        var depth = await bell.DepthAsync(cancellationToken);
        return TypedResults.Ok(new Envelope<QueueStateResource>(QueueStateResource.From(queue, depth, bell.Capacity), "What waits and what runs."));
    }
}
