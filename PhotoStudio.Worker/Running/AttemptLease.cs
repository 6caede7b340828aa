using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>
/// Holds an attempt's lease while the attempt runs and notices when it is lost: renewing it finds another holder or a
/// finished job, or could not be done for a whole lease. A job that is called off is noticed by its event at once; the
/// event is only a reason to ask the store, and should it be missed, the next heartbeat asks.
/// </summary>
internal sealed partial class AttemptLease : IAsyncDisposable
{
    private readonly Job _job;
    private readonly IJobStore _jobs;
    private readonly AttemptProgress _progress;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private long _renewedAt;
    private Task _heart = Task.CompletedTask;
    private Task _watch = Task.CompletedTask;

    private AttemptLease(Job job, IJobStore jobs, AttemptProgress progress, WorkerOptions options, TimeProvider time, ILogger logger)
    {
        _job = job;
        _jobs = jobs;
        _progress = progress;
        _options = options;
        _time = time;
        _logger = logger;
        _renewedAt = time.GetTimestamp();
    }

    /// <summary>Cancelled as soon as the attempt may no longer write.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Begins to hold the lease of a job that was just claimed.</summary>
    public static AttemptLease Hold(
        Job job,
        IJobStore jobs,
        IJobEvents events,
        AttemptProgress progress,
        WorkerOptions options,
        TimeProvider time,
        ILogger logger)
    {
        AttemptLease lease = new(job, jobs, progress, options, time, logger);
        lease._heart = lease.BeatAsync();
        lease._watch = lease.WatchAsync(events);
        return lease;
    }

    /// <summary>Stops renewing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_heart, _watch);
        _renewing.Dispose();
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync()
    {
        using PeriodicTimer timer = new(_options.Heartbeat, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token)) await RenewAsync();
        }
        catch (OperationCanceledException)
        {
            // The attempt has ended.
        }
    }

    private async Task WatchAsync(IJobEvents events)
    {
        try
        {
            await using var subscription = await events.SubscribeAsync(_job.Id, _ended.Token);

            // It may have been called off between the claim and now.
            if (subscription.Replay(null).Any(jobEvent => jobEvent.Type == JobEventType.Cancelled)) await RenewAsync();
            await foreach (var jobEvent in subscription.ReadAllAsync(_ended.Token))
            {
                if (jobEvent.Type == JobEventType.Cancelled) await RenewAsync();
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The attempt has ended.
        }
        catch (Exception exception)
        {
            LogNotWatched(exception, _job.Id);
        }
    }

    private async Task RenewAsync()
    {
        await _renewing.WaitAsync(_ended.Token);
        try
        {
            if (_lost.IsCancellationRequested) return;
            var (fraction, stage) = _progress.Latest;
            if (await _jobs.RenewAsync(_job.Id, _job.Attempt, _options.Lease, fraction, stage, _ended.Token) is null)
            {
                LogLost(_job.Id, _job.Attempt);
                await _lost.CancelAsync();
                return;
            }

            _renewedAt = _time.GetTimestamp();
        }
        catch (Exception exception) when (!_ended.IsCancellationRequested)
        {
            LogNotRenewed(exception, _job.Id, _job.Attempt);
            if (_time.GetElapsedTime(_renewedAt) < _options.Lease) return;
            LogLost(_job.Id, _job.Attempt);
            await _lost.CancelAsync();
        }
        finally
        {
            _renewing.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Job {JobId}: attempt {Attempt} no longer has the job and stops.")]
    private partial void LogLost(Guid jobId, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "Job {JobId}: the lease of attempt {Attempt} could not be renewed; it is tried again.")]
    private partial void LogNotRenewed(Exception exception, Guid jobId, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "Job {JobId}: its events cannot be watched; a cancellation is noticed at the next heartbeat.")]
    private partial void LogNotWatched(Exception exception, Guid jobId);
}
