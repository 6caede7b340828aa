namespace PhotoStudio.Backings.Queue.Redis;

/// <summary>The bell in Redis; section <c>Studio:Queue</c>.</summary>
public sealed class RedisBellOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:Queue";

    /// <summary>
    /// How many entries may be outstanding. Few are right: what is not rung yet is still ordered fairly between owners, what is rung is
    /// not. Two for each slot of the workers there are, unless it is set.
    /// </summary>
    public int? Capacity { get; set; }

    /// <summary>A delivery that is not acknowledged for this long is delivered again; 1 s to 1 day.</summary>
    public TimeSpan RedeliverAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often an idle worker looks when nothing rings, for entries whose signal was lost; 10 ms to 1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Jobs that a worker of this process runs at a time.</summary>
    public int Slots { get; set; } = Environment.ProcessorCount;
}
