namespace PhotoStudio.Core.Scheduling;

/// <summary>Work that is done again and again, by one process at a time whichever of them have it.</summary>
public interface IScheduledTask
{
    /// <summary>The name in kebab-case, the same in every process.</summary>
    string Name { get; }

    /// <summary>What it does, in one sentence for an operator.</summary>
    string Description { get; }

    /// <summary>The time from the end of one run to the beginning of the next.</summary>
    TimeSpan Interval { get; }

    /// <summary>Does the work. It may be cut short when another process has taken it over, and does no harm when it runs twice.</summary>
    /// <returns>What came of it, in one sentence for an operator.</returns>
    Task<string> RunAsync(CancellationToken cancellationToken);
}
