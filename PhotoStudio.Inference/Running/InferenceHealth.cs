namespace PhotoStudio.Inference.Running;

/// <summary>
/// Whether runs can be taken. Several runs in a row that break mean that the machine is broken, for a minute; then it is
/// given another try. A run that delivers mends it at once.
/// </summary>
public sealed class InferenceHealth(RunSlots slots, TimeProvider time)
{
    private const int BreaksInARow = 3;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private bool _started;
    private string? _fault;
    private int _breaks;
    private long _lastBreak;

    /// <summary>How it is now.</summary>
    public InferenceState State
    {
        get
        {
            lock (_lock)
            {
                if (_fault is not null) return InferenceState.Broken;
                if (!_started) return InferenceState.Starting;
                if (_breaks >= BreaksInARow && time.GetElapsedTime(_lastBreak) < Rest) return InferenceState.Broken;
            }

            return slots.IsFull ? InferenceState.Busy : InferenceState.Ready;
        }
    }

    /// <summary>Whether the start found that no run can succeed.</summary>
    public bool CannotWork
    {
        get
        {
            lock (_lock) return _fault is not null;
        }
    }

    /// <summary>The state in a sentence.</summary>
    public string Description => State switch
    {
        InferenceState.Starting => "Inference is starting.",
        InferenceState.Ready => $"Inference is ready: {slots.Running} of {slots.Count} slots taken.",
        InferenceState.Busy => $"Inference is busy: all {slots.Count} slots and the queue are taken.",
        InferenceState.Broken => _fault ?? $"Inference is broken: the last {_breaks} runs broke.",
        _ => throw new InvalidOperationException("No such state."),
    };

    /// <summary>The start is over.</summary>
    /// <param name="fault">What went wrong; null when it can work.</param>
    internal void Started(string? fault)
    {
        lock (_lock) (_started, _fault) = (true, fault);
    }

    /// <summary>A run delivered.</summary>
    internal void Delivered()
    {
        lock (_lock) _breaks = 0;
    }

    /// <summary>A run broke through no fault of its request.</summary>
    internal void Broke()
    {
        lock (_lock) (_breaks, _lastBreak) = (_breaks + 1, time.GetTimestamp());
    }
}

/// <summary>Whether inference can take runs.</summary>
public enum InferenceState
{
    /// <summary>Not yet.</summary>
    Starting,

    /// <summary>Yes.</summary>
    Ready,

    /// <summary>Every slot and every place in the queue is taken.</summary>
    Busy,

    /// <summary>No; the log says why.</summary>
    Broken,
}
