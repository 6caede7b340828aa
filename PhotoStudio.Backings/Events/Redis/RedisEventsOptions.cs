namespace PhotoStudio.Backings.Events.Redis;

/// <summary>Job events over Redis; section <c>Studio:Events</c>.</summary>
public sealed class RedisEventsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:Events";

    /// <summary>How many events of a job are remembered; 1–10,000.</summary>
    public int EventsPerJob { get; set; } = 64;

    /// <summary>How long after its latest event a job's events are remembered; 1 s to 1 day.</summary>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many events wait for a watcher that reads slowly before some are dropped; 2–10,000.</summary>
    public int EventsPerWatcher { get; set; } = 32;
}
