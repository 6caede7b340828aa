using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Backings.Scheduling;

/// <summary>
/// Runs the scheduled work that this process has, each task wherever it leads. Any number of processes may: the schedule in the database
/// lets one of them lead a task at a time, and a process that dies is followed when its lease is over.
/// </summary>
public sealed partial class Scheduler(IEnumerable<IScheduledTask> tasks, ISchedule schedule, TimeProvider time, ILogger<Scheduler> logger)
    : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<IScheduledTask> _tasks = [.. tasks];
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}";
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_tasks.Count == 0) return;
        var poll = _tasks.Min(task => task.Interval);
        poll = poll < ShortestPoll ? ShortestPoll : poll > LongestPoll ? LongestPoll : poll;
        using PeriodicTimer timer = new(poll, time);
        var ensured = false;
        try
        {
            do
            {
                try
                {
                    if (!ensured) await schedule.EnsureAsync(_tasks, stoppingToken);
                    ensured = true;
                    await BeginDueAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    LogNotLooked(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was running is taken over when its lease is over.
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task BeginDueAsync(CancellationToken stoppingToken)
    {
        foreach (var name in await schedule.DueAsync(_tasks, stoppingToken))
        {
            if (_running.TryGetValue(name, out var running) && !running.IsCompleted) continue;
            var task = _tasks.First(task => task.Name == name);
            if (await schedule.TryBeginAsync(task, _holder, Lease, stoppingToken) is { } token) _running[name] = LeadAsync(task, token, stoppingToken);
        }
    }

    private async Task LeadAsync(IScheduledTask task, long token, CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var led = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var renewing = RenewAsync(task.Name, token, led);
        var began = time.GetTimestamp();
        TaskOutcome outcome;
        try
        {
            var message = await task.RunAsync(led.Token);
            outcome = new TaskOutcome(true, message, Took());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (led.IsCancellationRequested)
            {
                outcome = new TaskOutcome(false, "It was cut short, and is done again.", Took());
            }
            else
            {
                LogFailed(exception, task.Name);
                outcome = new TaskOutcome(false, $"{exception.GetType().Name}: {exception.Message}", Took());
            }
        }

        await led.CancelAsync();
        await renewing;
        try
        {
            await schedule.FinishAsync(task.Name, token, outcome, task.Interval, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogNotWritten(exception, task.Name);
        }

        double Took() => Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1);
    }

    private async Task RenewAsync(string name, long token, CancellationTokenSource led)
    {
        try
        {
            using PeriodicTimer timer = new(Lease / 3, time);
            while (await timer.WaitForNextTickAsync(led.Token))
            {
                if (await schedule.RenewAsync(name, token, Lease, led.Token)) continue;
                LogLost(name);
                await led.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (led.IsCancellationRequested)
        {
            // The run has ended.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Without a lease another process may begin the same work.
            LogNotWritten(exception, name);
            await led.CancelAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The scheduler could not look what is due; it tries again.")]
    private partial void LogNotLooked(Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The scheduled task {Task} failed; it is done again when it is due.")]
    private partial void LogFailed(Exception exception, string task);

    [LoggerMessage(3, LogLevel.Warning, "Another process has taken over the scheduled task {Task}.")]
    private partial void LogLost(string task);

    [LoggerMessage(4, LogLevel.Error, "What came of the scheduled task {Task} could not be written down.")]
    private partial void LogNotWritten(Exception exception, string task);
}
