using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>One watcher of one job. Disposing ends it.</summary>
public sealed class JobWatch : IAsyncDisposable
{
    private readonly EventMailbox _mailbox;
    private readonly Task<IJobSubscription> _subscription;
    private readonly IReadOnlyList<JobEvent> _since;
    private Func<ValueTask>? _leave;

    internal JobWatch(EventMailbox mailbox, Task<IJobSubscription> subscription, IReadOnlyList<JobEvent> since, Func<ValueTask> leave) =>
        (_mailbox, _subscription, _since, _leave) = (mailbox, subscription, since, leave);

    /// <summary>Remembered events after a cursor that came before this watcher did, oldest first.</summary>
    public async Task<IReadOnlyList<JobEvent>> ReplayAsync(EventCursor after) =>
        [.. (await _subscription).Replay(after), .. _since.Where(jobEvent => jobEvent.Cursor > after)];

    /// <summary>Waits until events have come or the time is over.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _mailbox.WaitAsync(atMost, time, cancellationToken);

    /// <summary>Takes the events that have come, oldest first.</summary>
    public IReadOnlyList<JobEvent> TakeAll() => _mailbox.TakeAll();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _leave, null) is { } leave ? leave() : ValueTask.CompletedTask;
}
