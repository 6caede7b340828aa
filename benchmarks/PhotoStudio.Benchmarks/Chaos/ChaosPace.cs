namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>How much work there is while something breaks, and for how long it is broken.</summary>
/// <param name="Jobs">Jobs an owner submits around each fault.</param>
/// <param name="Outage">How long a server is away.</param>
/// <param name="Batch">Jobs of the owner whose batch must starve nobody.</param>
/// <param name="Races">Jobs that are called off while a worker reaches for them.</param>
/// <param name="Clocks">How far the clocks of single workers are off, each tried after the other, as faketime(1) writes it.</param>
public sealed record ChaosPace(int Jobs, TimeSpan Outage, int Batch, int Races, IReadOnlyList<string> Clocks)
{
    /// <summary>What an operator runs.</summary>
    public static ChaosPace Full { get; } = new(8, TimeSpan.FromSeconds(30), 60, 40, ["+1h", "-1h"]);

    /// <summary>What every run of the tests can afford.</summary>
    public static ChaosPace Short { get; } = new(2, TimeSpan.FromSeconds(2), 12, 8, ["+1h"]);
}
