using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Sweeping;

/// <summary>
/// Erases for good what nobody owns any more: the things of deleted accounts, and those of guests of whom nothing was heard for a while; and has the
/// sign-ins that ended long ago forgotten. Any number of workers may do so at once.
/// </summary>
internal sealed partial class OwnerEraser(
    IEnumerable<IOwnedThings> stores,
    ISessionStore sessions,
    IJobStore jobs,
    IOptions<EraserOptions> options,
    TimeProvider time,
    ILogger<OwnerEraser> logger) : BackgroundService
{
    private const int OwnersAtATime = 100;
    private const int JobsAtATime = 100;

    // Guests are found by looking through all of them, so that is done more seldom.
    private const int SweepsBetweenGuests = 10;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepInterval, time);
        try
        {
            var sweeps = 0;
            do
            {
                await TryAsync("erase deleted accounts", EraseCondemnedAsync, stoppingToken);
                if (sweeps++ % SweepsBetweenGuests == 0) await TryAsync("erase guests", EraseGuestsAsync, stoppingToken);
                await TryAsync("forget ended sign-ins", sessions.ForgetAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; the next one goes on.
        }
    }

    private async Task EraseCondemnedAsync(CancellationToken cancellationToken)
    {
        foreach (var store in stores)
        {
            foreach (var owner in await store.CondemnedAsync(OwnersAtATime, cancellationToken))
            {
                await CallOffAsync(owner, cancellationToken);

                // Every store that has some of the owner's things, and last the one that knows that they have to go.
                var done = true;
                foreach (var other in stores.Where(other => other != store)) done &= await other.EraseAsync(owner, null, cancellationToken);
                if (done && await store.EraseAsync(owner, null, cancellationToken)) LogErased(owner.StorageName);
            }
        }
    }

    private async Task EraseGuestsAsync(CancellationToken cancellationToken)
    {
        var idle = options.Value.ExpireAfter;
        if (idle <= TimeSpan.Zero) return;
        foreach (var store in stores)
        {
            foreach (var guest in await store.IdleGuestsAsync(idle, OwnersAtATime, cancellationToken))
            {
                if (await store.EraseAsync(guest, idle, cancellationToken)) LogErased(guest.StorageName);
            }
        }
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

    private async Task TryAsync(string what, Func<CancellationToken, Task> sweep, CancellationToken stoppingToken)
    {
        try
        {
            await sweep(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotDone(exception, what);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Everything of the owner {Owner} is erased.")]
    private partial void LogErased(string owner);

    [LoggerMessage(2, LogLevel.Error, "The eraser could not {What}; it tries again.")]
    private partial void LogNotDone(Exception exception, string what);
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
