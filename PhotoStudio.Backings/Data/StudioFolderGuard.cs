namespace PhotoStudio.Backings.Data;

/// <summary>Has the data folder locked for as long as the host runs.</summary>
internal sealed class StudioFolderGuard(StudioFolder folder) : BeforeStart, IDisposable
{
    private StudioFolderLock? _lock;

    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        _lock = StudioFolderLock.Take(folder);
        return Task.CompletedTask;
    }

    public override Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }
}
