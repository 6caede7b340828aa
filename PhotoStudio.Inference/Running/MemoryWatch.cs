using Microsoft.Extensions.Hosting;

namespace PhotoStudio.Inference.Running;

/// <summary>Looks after <see cref="ProcessMemory"/> while runs hold memory.</summary>
internal sealed class MemoryWatch(MemoryAdmission memory) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    // A thread of its own: runs may keep all of the pool's busy.
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Watch(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Watch(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                memory.WaitUntilHeld(stoppingToken);
                memory.Process.Keep(coming: 0);
                stoppingToken.WaitHandle.WaitOne(Interval);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
