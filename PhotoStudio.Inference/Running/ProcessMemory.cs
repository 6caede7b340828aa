namespace PhotoStudio.Inference.Running;

/// <summary>
/// What the process really takes. Runs are admitted by what they need at a time; the runtime, though, keeps what they have let go of for
/// as long as it likes, and large pictures are let go of by hundreds of mebibytes. Before that carries the process beyond the budget it
/// is collected and given back to the machine.
/// </summary>
/// <param name="budget">What all runs together may take, in bytes.</param>
/// <param name="models">What loaded models take, in bytes, which does not count.</param>
internal sealed class ProcessMemory(long budget, Func<long> models)
{
    /// <summary>What is allocated between two collections at least, in bytes: what is in use cannot be collected, however often.</summary>
    private const long Slack = 64 << 20;

    /// <summary>What runs may allocate before they are looked at again, in bytes, at most.</summary>
    private const long MostMargin = 256 << 20;

    private readonly Lock _collecting = new();
    private readonly long _margin = Math.Min(budget / 8, MostMargin);
    private readonly long _mostPatience = Math.Max(Slack, budget / 8);
    private long _patience = Slack;
    private long _without = long.MaxValue;
    private long _allocated;

    /// <summary>Says that no run holds memory now: what the process has is its own.</summary>
    public void NoteIdle() => _without = Math.Min(_without, Environment.WorkingSet - models());

    /// <summary>Collects when the process would otherwise go beyond the budget.</summary>
    /// <param name="coming">What is about to be taken, in bytes.</param>
    public void Keep(long coming)
    {
        lock (_collecting)
        {
            if (Beyond + coming <= budget - _margin || GC.GetTotalAllocatedBytes() - _allocated < _patience) return;

            var before = Environment.WorkingSet;

            // Large arrays leave holes of their own size; those are given back only when there are too many of them.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            NativeHeap.Trim();
            if (Beyond + coming > budget - _margin) Release();
            _allocated = GC.GetTotalAllocatedBytes();

            // Where all is in use, looking again soon only takes time.
            _patience = before - Environment.WorkingSet < Slack / 4 ? Math.Min(2 * _patience, _mostPatience) : Slack;
        }
    }

    /// <summary>Gives everything back that is not in use.</summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
    }

    private long Beyond => Environment.WorkingSet - models() - Math.Min(_without, long.MaxValue / 2);
}
