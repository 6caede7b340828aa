using Microsoft.Extensions.Options;
using PhotoStudio.Core.Scheduling;
using PhotoStudio.Worker.Sweeping;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>Erases guests of whom nothing was heard for a while.</summary>
internal sealed class EraseIdleGuests(OwnerEraser eraser, IOptions<EraserOptions> options) : IScheduledTask
{
    // Guests are found by looking through all of them, so that is done more seldom.
    private const int SweepsBetween = 10;

    public string Name => "erase-idle-guests";

    public string Description => "Erases guests of whom nothing was heard for as long as Studio:Guest:ExpireAfter says.";

    public TimeSpan Interval => options.Value.SweepInterval * SweepsBetween;

    public async Task<string> RunAsync(CancellationToken cancellationToken) => $"{await eraser.EraseGuestsAsync(cancellationToken)} guests erased.";
}
