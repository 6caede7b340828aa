using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Sweeping;

/// <summary>
/// Erases for good what nobody owns any more: the things of deleted accounts, and those of guests of whom nothing was heard for a while.
/// </summary>
internal sealed partial class OwnerEraser(
    IEnumerable<IOwnedThings> stores, IJobStore jobs, IOptions<EraserOptions> options, ILogger<OwnerEraser> logger)
{
    private const int OwnersAtATime = 100;
    private const int JobsAtATime = 100;

    /// <summary>Erases the things of deleted accounts; answers of how many owners.</summary>
    public async Task<int> EraseCondemnedAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var store in stores)
        {
            foreach (var owner in await store.CondemnedAsync(OwnersAtATime, cancellationToken))
            {
                await CallOffAsync(owner, cancellationToken);

                // Every store that has some of the owner's things, and last the one that knows that they have to go.
                var done = true;
                foreach (var other in stores.Where(other => other != store)) done &= await other.EraseAsync(owner, null, cancellationToken);
                if (!done || !await store.EraseAsync(owner, null, cancellationToken)) continue;
                LogErased(owner.StorageName);
                erased++;
            }
        }

        return erased;
    }

    /// <summary>Erases guests of whom nothing was heard for a while; answers how many.</summary>
    public async Task<int> EraseGuestsAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        var idle = options.Value.ExpireAfter;
        if (idle <= TimeSpan.Zero) return erased;
        foreach (var store in stores)
        {
            foreach (var guest in await store.IdleGuestsAsync(idle, OwnersAtATime, cancellationToken))
            {
                if (!await store.EraseAsync(guest, idle, cancellationToken)) continue;
                LogErased(guest.StorageName);
                erased++;
            }
        }

        return erased;
    }

    /// <summary>Calls off whatever of the owner is still to be done, so that nothing new appears.</summary>
    private async Task CallOffAsync(Owner owner, CancellationToken cancellationToken)
    {
        foreach (var state in (JobState[])[JobState.Pending, JobState.Processing])
        {
            while (true)
            {
                var found = await jobs.ListAsync(owner, new JobQuery(state, null), new PageRequest(1, JobsAtATime), cancellationToken);
                foreach (var job in found.Items) await jobs.CancelAsync(owner, job.Id, cancellationToken);
                if (found.Total <= JobsAtATime) break;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Everything of the owner {Owner} is erased.")]
    private partial void LogErased(string owner);
}

/// <summary>What is erased when. Section <c>Studio:Guest</c>.</summary>
public sealed class EraserOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Guest";

    /// <summary>Guests of whom nothing is newer than this are forgotten with all their things, an hour at least; zero keeps them for ever.</summary>
    public TimeSpan ExpireAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often it is looked who has to go, 1 s to 1 day.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
