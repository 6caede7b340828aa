using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Admin.Queue;

internal static class ListWorkers
{
    private const int Jobs = 1000;

    public static async Task<Ok<Envelope<IReadOnlyList<WorkerResource>>>> HandleAsync(IJobAdministration jobs, CancellationToken cancellationToken)
    {
        var running = await jobs.RunningAsync(Jobs, cancellationToken);
        IReadOnlyList<WorkerResource> workers =
        [
            .. running.GroupBy(job => job.Worker ?? "").OrderBy(worker => worker.Key, StringComparer.Ordinal)
                .Select(worker => new WorkerResource(worker.Key, worker.Min(job => job.StartedAt), [.. worker.Select(AdminJobResource.From)])),
        ];
        return TypedResults.Ok(new Envelope<IReadOnlyList<WorkerResource>>(workers, "Workers that hold jobs. An idle worker holds none and is not listed."));
    }
}
