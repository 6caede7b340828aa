using Microsoft.Extensions.Hosting;

namespace PhotoStudio.Backings.Data;

/// <summary>Something that is done before any other part of the host starts, in the order of registration.</summary>
internal abstract class BeforeStart : IHostedLifecycleService
{
    /// <summary>Does it; an exception ends the start.</summary>
    public abstract Task StartingAsync(CancellationToken cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Undoes it, after every other part has stopped.</summary>
    public virtual Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
