using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Data;

/// <summary>
/// Ends the leases that an earlier process left in a data folder this process has to itself, so that its jobs go on at
/// once instead of after a lease.
/// </summary>
internal sealed partial class LeaseRecovery(IJobStore jobs, IChatStore chat, ILogger<LeaseRecovery> logger) : BeforeStart
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        var ended = await jobs.AbandonLeasesAsync(cancellationToken);
        await chat.AbandonAsync(cancellationToken);
        if (ended > 0) LogEnded(ended);
    }

    [LoggerMessage(1, LogLevel.Warning, "The studio ended abruptly last time with {Jobs} jobs at work; they go on.")]
    private partial void LogEnded(int jobs);
}
