namespace PhotoStudio.Inference.Running;

/// <summary>
/// What a run has of the machine, a slot and memory, from when it gets them until its work has ended. A caller who cancels is answered
/// soon also when the work is in the middle of something that cannot be stopped, such as a library that encodes AVIF in one call; the
/// slot and the memory stay taken until that is over, so that they are never given to the next run too early.
/// </summary>
internal sealed class RunHold : IDisposable
{
    /// <summary>How long after a cancellation its caller waits for the work to stop. All work that can be stopped does within.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    private readonly RunSlots _slots;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Stack<IDisposable> _held = new();
    private int _holders = 1;

    /// <summary>Begins with the slot.</summary>
    public RunHold(IDisposable slot, RunSlots slots, TimeProvider time)
    {
        (_slots, _time, _began) = (slots, time, time.GetTimestamp());
        _held.Push(slot);
    }

    /// <summary>Keeps something else until the work has ended.</summary>
    public void Keep(IDisposable share) => _held.Push(share);

    /// <summary>
    /// Runs work on a thread of the pool. Cancelled, it waits a moment for the work to stop and then leaves it, which goes on holding.
    /// </summary>
    /// <exception cref="OperationCanceledException">The work was left.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _holders);
        var task = Task.Run(
            async () =>
            {
                try
                {
                    return await work();
                }
                finally
                {
                    Dispose();
                }
            },
            CancellationToken.None);
        await ((Task)task.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!task.IsCompleted) await Task.WhenAny(task, Task.Delay(Patience, _time, CancellationToken.None));
        if (task.IsCompleted) return await task;

        // Whatever is left work ends with, nobody wants to know.
        _ = task.ContinueWith(
            static left => left.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Gives everything back, or leaves that to the work when it still runs.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        _slots.Report(_time.GetElapsedTime(_began));
        while (_held.TryPop(out var share)) share.Dispose();
    }
}
