namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// The queue before a device: runs go in one after the other in the order they came. On one GPU two runs at a time take turns on the same
/// cores and each holds its memory twice as long.
/// </summary>
public sealed class DeviceQueue
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _taken;

    /// <summary>Runs that wait.</summary>
    public int Length
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    /// <summary>Waits for the device; it is free again when the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled while it waited.</exception>
    public IDisposable Enter(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> mine;
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return new Turn(this);
            }

            mine = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            mine.Value.Task.Wait(cancellationToken);
            return new Turn(this);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                if (mine.List is not null) _waiting.Remove(mine);
                else Leave();
            }

            throw;
        }
    }

    // With the lock held, or by the one who has the turn.
    private void Leave()
    {
        lock (_lock)
        {
            if (_waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                next.Value.SetResult();
            }
            else
            {
                _taken = false;
            }
        }
    }

    private sealed class Turn(DeviceQueue queue) : IDisposable
    {
        private DeviceQueue? _queue = queue;

        public void Dispose() => Interlocked.Exchange(ref _queue, null)?.Leave();
    }
}
