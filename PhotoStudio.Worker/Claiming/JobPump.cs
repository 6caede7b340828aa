using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Worker.Dispatching;
using PhotoStudio.Worker.Running;

namespace PhotoStudio.Worker.Claiming;

/// <summary>
/// The worker's slots. Each takes an entry from the bell, claims the job in the store, acknowledges the entry and runs the
/// job, one after the other. The claim decides who has the job; an entry whose job cannot be claimed is just done with.
/// </summary>
internal sealed partial class JobPump(
    IJobStore jobs,
    IJobBell bell,
    JobRunner runner,
    DispatchSignal dispatch,
    WorkerIdentity worker,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<JobPump> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogStarted(worker.Name, options.Value.Slots);
        return Task.WhenAll(Enumerable.Range(1, options.Value.Slots).Select(slot => RunSlotAsync($"{worker.Name}/{slot}", stoppingToken)));
    }

    private async Task RunSlotAsync(string consumer, CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await RunNextAsync(consumer, stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    LogSlotFailed(exception, consumer);
                    await Task.Delay(options.Value.PollInterval, time, stoppingToken);
                }
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends. What did not work in this moment is left to the next one.
        }
    }

    private async Task RunNextAsync(string consumer, CancellationToken stoppingToken)
    {
        var delivery = await bell.ReceiveAsync(consumer, options.Value.PollInterval, stoppingToken);
        if (delivery is null || stoppingToken.IsCancellationRequested) return;

        // Not cancelled by the end of the process: a claim that nobody hears of would hold the job for a whole lease.
        var job = await jobs.TryClaimAsync(delivery.Entry.JobId, consumer, options.Value.Lease, CancellationToken.None);
        try
        {
            await bell.AcknowledgeAsync(delivery, CancellationToken.None);
            dispatch.Wake();
        }
        catch (Exception exception) when (job is not null)
        {
            // The claim holds whatever becomes of the entry: delivered again, it finds nothing to claim.
            LogNotAcknowledged(exception, job.Id);
        }

        if (job is null) return;
        await runner.RunAsync(job, stoppingToken);

        // Whoever had as many jobs running as an owner may have can have the next.
        dispatch.Wake();
    }

    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} runs up to {Slots} jobs at a time.")]
    private partial void LogStarted(string worker, int slots);

    [LoggerMessage(2, LogLevel.Error, "Slot {Slot} could not take a job; it tries again.")]
    private partial void LogSlotFailed(Exception exception, string slot);

    [LoggerMessage(3, LogLevel.Warning, "The queue entry of job {JobId} could not be acknowledged; the job runs.")]
    private partial void LogNotAcknowledged(Exception exception, Guid jobId);
}
