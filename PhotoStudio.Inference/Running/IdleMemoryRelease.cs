using Microsoft.Extensions.Hosting;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Gives the memory of large runs back to the machine once none has run for a while. The runtime keeps what it has until
/// something is allocated again, so that after one large picture an idle studio would hold hundreds of mebibytes.
/// </summary>
internal sealed class IdleMemoryRelease(MemoryAdmission memory, TimeProvider time) : BackgroundService
{
    /// <summary>How often it looks; memory is given back when two looks in a row find nothing that runs.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What the managed heap may have grown by, in bytes, since memory was last given back, without being worth a collection.</summary>
    private const long Slack = 64 << 20;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var wasIdle = false;
        var kept = GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var isIdle = memory.Held == 0;
                if (isIdle && wasIdle && GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes > kept + Slack)
                {
                    ProcessMemory.Release();
                    kept = GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;
                }

                wasIdle = isIdle;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
