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
        _registration = cancellationToken.UnsafeRegister(static watch => ((CancellationWatch)watch!).Begin(), this);
    }

    /// <summary>The time since the cancellation, when that is more than work may take to stop.</summary>
    public TimeSpan? Overdue
    {
        get
        {
            var cancelled = Volatile.Read(ref _cancelled);
            if (cancelled == 0) return null;

            var late = _time.GetElapsedTime(cancelled);
            return late > Allowed ? late : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();

    private void Begin() => Volatile.Write(ref _cancelled, _time.GetTimestamp());
}
