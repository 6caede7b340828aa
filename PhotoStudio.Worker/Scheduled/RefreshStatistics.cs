using PhotoStudio.Core.Scheduling;
using PhotoStudio.Core.Statistics;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Counts how often operations ended how.</summary>
internal sealed class RefreshStatistics(IUsageStatistics statistics) : IScheduledTask
{
    // Yesterday as well, for what ended in it after the last run.
    private const int Days = 2;

    public string Name => "refresh-statistics";

    public string Description => "Counts how often which operation ended how, today and yesterday.";

    public TimeSpan Interval => TimeSpan.FromMinutes(30);

    public async Task<string> RunAsync(CancellationToken cancellationToken) => $"{await statistics.RefreshAsync(Days, cancellationToken)} rows written.";
}
