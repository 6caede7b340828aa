using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Worker.Telemetry;

namespace PhotoStudio.Worker.Dispatching;

/// <summary>
/// Keeps the bell filled from the job table, in the table's fair order and never beyond the bell's capacity of about two
/// entries a slot, so that one owner's batch starves nobody. It looks when a job was claimed, when a retry is due, at the
/// start, and from time to time: losing everything the bell holds loses no job.
/// </summary>
internal sealed partial class Dispatcher(
    IJobStore jobs,
    IJobBell bell,
    DispatchSignal signal,
    WorkerTelemetry telemetry,
    IOptions<WorkerOptions> options,
    ILogger<Dispatcher> logger) : BackgroundService
{
    /// <summary>Taken from the table when somebody else took the last places in the bell; first in the next round.</summary>
    private readonly Queue<DueJob> _held = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await TopUpAsync(stoppingToken);
                await signal.WaitAsync(options.Value.PollInterval, stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends. What did not work in this moment is left to the next one.
        }
    }

    private async Task TopUpAsync(CancellationToken stoppingToken)
    {
        try
        {
            var depth = await bell.DepthAsync(stoppingToken);
            telemetry.QueueDepth(depth);
            while (_held.TryPeek(out var held))
            {
                if (!await RingAsync(held, stoppingToken)) return;
                _held.Dequeue();
                depth++;
            }

            var room = (int)Math.Max(0, bell.Capacity - depth);
            if (room == 0) return;

            foreach (var due in await jobs.TakeDueAsync(room, options.Value.RingAgain, stoppingToken))
            {
                if (_held.Count > 0 || !await RingAsync(due, stoppingToken)) _held.Enqueue(due);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogRoundFailed(exception);
        }
    }

    private ValueTask<bool> RingAsync(DueJob due, CancellationToken cancellationToken) =>
        bell.TryRingAsync(new BellEntry(due.Id, due.Lane, due.TraceParent), cancellationToken);

    [LoggerMessage(1, LogLevel.Error, "Due jobs could not be handed to the queue; they are tried again.")]
    private partial void LogRoundFailed(Exception exception);
}
