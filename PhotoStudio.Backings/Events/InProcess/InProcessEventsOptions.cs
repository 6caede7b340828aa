namespace PhotoStudio.Backings.Events.InProcess;

/// <summary>Job events inside the process; section <c>Studio:Events</c>.</summary>
public sealed class InProcessEventsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:Events";

    /// <summary>How many events of a job are remembered.</summary>
    public int EventsPerJob { get; set; } = 64;

    /// <summary>How many jobs have events remembered; the ones that were silent longest are forgotten first.</summary>
    public int Jobs { get; set; } = 4096;

    /// <summary>How long after its latest event a job's events are remembered.</summary>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many events wait for a watcher that reads slowly before some are dropped.</summary>
    public int EventsPerWatcher { get; set; } = 32;
}
