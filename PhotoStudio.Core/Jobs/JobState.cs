namespace PhotoStudio.Core.Jobs;

/// <summary>
/// Where a job stands: <c>pending → processing → completed | failed | cancelled</c>, and
/// <c>processing → pending</c> on retry.
/// </summary>
public enum JobState
{
    /// <summary>Accepted and waiting for a worker, perhaps until a point in time.</summary>
    Pending,

    /// <summary>Held by a worker under a lease.</summary>
    Processing,

    /// <summary>Done; its results are stored.</summary>
    Completed,

    /// <summary>Given up, with a reason.</summary>
    Failed,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>What can be said of a state.</summary>
public static class JobStates
{
    /// <summary>Whether a job never leaves this state.</summary>
    public static bool IsTerminal(this JobState state) => state is JobState.Completed or JobState.Failed or JobState.Cancelled;

    /// <summary>The wire name, in lower case.</summary>
    public static string WireName(this JobState state) => state switch
    {
        JobState.Pending => "pending",
        JobState.Processing => "processing",
        JobState.Completed => "completed",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

/// <summary>Who goes first when slots are scarce.</summary>
public enum JobLane
{
    /// <summary>Someone is waiting for it.</summary>
    Interactive,

    /// <summary>Part of a batch.</summary>
    Batch,
}
