using Microsoft.Extensions.Options;

namespace PhotoStudio.Worker;

/// <summary>
/// What this worker is called in the job table, in the queue and in logs: its configured name or else the machine's, the process, and a
/// number that no other start has.
/// </summary>
public sealed class WorkerIdentity
{
    /// <summary>Makes the name of this start.</summary>
    public WorkerIdentity(IOptions<WorkerOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = string.IsNullOrEmpty(options.Value.Name) ? Environment.MachineName : options.Value.Name;
        Name = $"{name}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}";
    }

    /// <summary>The name.</summary>
    public string Name { get; }
}
