namespace PhotoStudio.Worker;

/// <summary>What this worker is called in the job table and in logs: the machine, the process, and a number that no other start has.</summary>
public sealed class WorkerIdentity
{
    /// <summary>The name.</summary>
    public string Name { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";
}
