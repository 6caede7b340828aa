using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Removes jobs that finished long ago. The pictures they made stay.</summary>
internal sealed class RemoveOldJobs(IJobAdministration jobs, IOptions<RetentionOptions> options) : IScheduledTask
{
    private const int JobsAtATime = 200;

    public string Name => "remove-old-jobs";

    public string Description => "Removes jobs, pipelines and batches that finished longer ago than Studio:Retention:Jobs says; their pictures stay.";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var some = JobsAtATime; some > 0;)
        {
            some = await jobs.RemoveFinishedAsync(options.Value.Jobs, JobsAtATime, cancellationToken);
            removed += some;
        }

        return $"{removed} jobs removed.";
    }
}
