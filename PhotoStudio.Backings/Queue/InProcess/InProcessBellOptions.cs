namespace PhotoStudio.Backings.Queue.InProcess;

/// <summary>The bell inside the process; section <c>Studio:Queue</c>.</summary>
public sealed class InProcessBellOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:Queue";

    /// <summary>
    /// How many entries may be outstanding. Few are right, about two for each worker slot: what is not rung yet is still
    /// ordered fairly between owners, what is rung is not. That is the default, by <c>Studio:Worker:Slots</c>.
    /// </summary>
    public int Capacity { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>A delivery that is not acknowledged for this long is delivered again.</summary>
    public TimeSpan RedeliverAfter { get; set; } = TimeSpan.FromMinutes(1);
}
