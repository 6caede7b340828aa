using Microsoft.Extensions.Options;
using PhotoStudio.Core.Scheduling;
using PhotoStudio.Worker.Sweeping;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Erases what deleted accounts had.</summary>
internal sealed class EraseDeletedAccounts(OwnerEraser eraser, IOptions<EraserOptions> options) : IScheduledTask
{
    public string Name => "erase-deleted-accounts";

    public string Description => "Erases everything of accounts that were deleted.";

    public TimeSpan Interval => options.Value.SweepInterval;

    public async Task<string> RunAsync(CancellationToken cancellationToken) => $"{await eraser.EraseCondemnedAsync(cancellationToken)} owners erased.";
}
