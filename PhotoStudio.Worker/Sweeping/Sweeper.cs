using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Worker.Dispatching;
using PhotoStudio.Worker.Running;
using PhotoStudio.Worker.Telemetry;

namespace PhotoStudio.Worker.Sweeping;

/// <summary>
/// Cleans up after what went wrong: ends attempts whose lease ran out, and deletes blobs that lost attempts left. Any number of workers may
/// sweep at once, and each does: neither can wait for a leader.
/// </summary>
internal sealed partial class Sweeper(
    IJobStore jobs,
    LitterCollector litter,
    Announcer announcer,
    DispatchSignal dispatch,
    WorkerTelemetry telemetry,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<Sweeper> logger) : BackgroundService
{
    private const int JobsAtATime = 100;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepInterval, time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends. What did not work in this moment is left to the next one.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        await TryAsync("end expired leases", ExpireLeasesAsync, stoppingToken);
        await TryAsync("delete stray blobs", CollectLitterAsync, stoppingToken);
    }

    private async Task ExpireLeasesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Job> expired;
        do
        {
            expired = await jobs.ExpireLeasesAsync(JobsAtATime, cancellationToken);
            foreach (var job in expired)
            {
                LogExpired(job.Id, job.Attempt, job.State);
                telemetry.Failed(job, took: null);
                await announcer.TellFailureAsync(job, job.Attempt);
                if (job.State == JobState.Pending) dispatch.WakeIn(job.NotBefore - time.GetUtcNow());
            }
        }
        while (expired.Count == JobsAtATime);
    }

    private async Task CollectLitterAsync(CancellationToken cancellationToken)
    {
        var deleted = await litter.CollectAsync(options.Value.TidyAfter, cancellationToken);
        if (deleted > 0) LogTidied(deleted);
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> sweep, CancellationToken stoppingToken)
    {
        try
        {
            await sweep(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotSwept(exception, what);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Job {JobId}: the lease of attempt {Attempt} ran out; the job is {State} now.")]
    private partial void LogExpired(Guid jobId, int attempt, JobState state);

    [LoggerMessage(2, LogLevel.Information, "{Blobs} stray blobs of lost attempts were deleted.")]
    private partial void LogTidied(int blobs);

    [LoggerMessage(3, LogLevel.Error, "The sweeper could not {What}; it tries again.")]
    private partial void LogNotSwept(Exception exception, string what);
}
