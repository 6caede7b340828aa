namespace PhotoStudio.Worker;

/// <summary>The settings under <c>Studio:Worker</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Worker";

    /// <summary>
    /// What the worker is called in the job table and in logs, up to 64 letters, digits, '-', '_' and '.'; the machine's name unless it is set.
    /// The process and a number of this start are added, so that several may be called alike.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>Jobs at a time, 1–1024; one for each processor core unless set.</summary>
    public int Slots { get; set; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Messages of conversations that are seen through at a time, 1–1024; each mostly waits for its jobs.</summary>
    public int Conversations { get; set; } = 16;

    /// <summary>How long a job stays with a worker that stops answering; 1 s to 1 h.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a lease is renewed; at most half of <see cref="Lease"/>.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the job table is looked at when nothing rings; 10 ms to 5 min. Only what the bell lost, and what another
    /// process submitted while the bell was full, waits for it.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often expired leases and stray blobs are looked for; 100 ms to 1 h.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A job that was rung and not claimed is rung again after this; 1 s to 1 h.</summary>
    public TimeSpan RingAgain { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Blobs that lost attempts left are deleted when their job has been finished for this long; longer than
    /// <see cref="Lease"/>, so that an attempt that is still ending has ended.
    /// </summary>
    public TimeSpan TidyAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Progress is told at most this often; up to 1 min.</summary>
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a claimed job waits for inference that is full before it goes back to the queue; up to 1 h.</summary>
    public TimeSpan BusyPatience { get; set; } = TimeSpan.FromMinutes(1);
}
