namespace PhotoStudio.Backings.Queue.Redis;

/// <summary>
/// The idle slots of this process. A ring wakes the one that waits longest; one that was woken and does not look passes it on, so that no
/// ring is forgotten while a slot is idle.
/// </summary>
internal sealed class BellWaiters
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _places = [];

    /// <summary>Takes a place before looking, so that nothing rung after the look is missed.</summary>
    public LinkedListNode<TaskCompletionSource> Join()
    {
        lock (_lock) return _places.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Gives the place up.</summary>
    /// <param name="place">From <see cref="Join"/>.</param>
    /// <param name="looksAgain">Whether whoever had it looks once more because it was woken.</param>
    public void Leave(LinkedListNode<TaskCompletionSource> place, bool looksAgain)
    {
        lock (_lock)
        {
            if (place.List is not null) _places.Remove(place);
            else if (!looksAgain) WakeFirst();
        }
    }

    /// <summary>Wakes one.</summary>
    public void Wake()
    {
        lock (_lock) WakeFirst();
    }

    private void WakeFirst()
    {
        if (_places.First is not { } first) return;
        _places.RemoveFirst();
        first.Value.SetResult();
    }
}
