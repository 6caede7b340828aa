namespace PhotoStudio.Worker.Dispatching;

/// <summary>Wakes the dispatcher: a place in the bell is free, or a job is due. Being woken twice is the same as once.</summary>
public sealed class DispatchSignal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _woken = NewSource();

    /// <summary>Wakes it now.</summary>
    public void Wake()
    {
        lock (_lock) _woken.TrySetResult();
    }

    /// <summary>Wakes it when a pause is over.</summary>
    public void WakeIn(TimeSpan pause)
    {
        if (pause <= TimeSpan.Zero) Wake();
        else _ = WakeLaterAsync(pause);
    }

    /// <summary>Waits until it is woken, or for so long.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task woken;
        lock (_lock) woken = _woken.Task;
        try
        {
            await woken.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (_lock) _woken = NewSource();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WakeLaterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, time, CancellationToken.None);
        Wake();
    }
}
