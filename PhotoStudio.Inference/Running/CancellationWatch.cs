namespace PhotoStudio.Inference.Running;

/// <summary>Measures how long work goes on after it was cancelled.</summary>
internal sealed class CancellationWatch : IDisposable
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _registration;
    private long _cancelled;

    /// <summary>Starts to watch.</summary>
    public CancellationWatch(TimeProvider time, CancellationToken cancellationToken)
    {
        _time = time;
        _registration = cancellationToken.UnsafeRegister(
            static watch => Volatile.Write(ref ((CancellationWatch)watch!)._cancelled, ((CancellationWatch)watch)._time.GetTimestamp()), this);
    }

    /// <summary>The time since the cancellation, when that is more than work may take to stop.</summary>
    public TimeSpan? Overdue =>
        Volatile.Read(ref _cancelled) is var cancelled and not 0 && _time.GetElapsedTime(cancelled) is var late && late > Allowed ? late : null;

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();
}
