namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>How much work there is while something breaks, and for how long it is broken.</summary>
/// <param name="Jobs">Jobs an owner submits around each fault.</param>
/// <param name="Outage">How long a server is away.</param>
/// <param name="Batch">Jobs of the owner whose batch must starve nobody.</param>
/// <param name="Races">Jobs that are called off while a worker reaches for them.</param>
public sealed record ChaosPace(int Jobs, TimeSpan Outage, int Batch, int Races)
{
    /// <summary>What an operator runs.</summary>
    public static ChaosPace Full { get; } = new(8, TimeSpan.FromSeconds(30), 60, 40);

    /// <summary>What every run of the tests can afford.</summary>
    public static ChaosPace Short { get; } = new(2, TimeSpan.FromSeconds(2), 16, 8);
}
