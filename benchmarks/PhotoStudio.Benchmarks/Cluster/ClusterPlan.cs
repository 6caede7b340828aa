namespace PhotoStudio.Benchmarks.Cluster;

/// <summary>What a distributed studio on this machine is made of.</summary>
internal sealed record ClusterPlan
{
    /// <summary>How many workers.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How many instances of inference.</summary>
    public int Inference { get; init; } = 1;

    /// <summary>Where the REST service listens on localhost; somewhere free when null.</summary>
    public int? Port { get; init; }

    /// <summary>Where photos, the database and the logs are and stay; null for a folder that goes when the cluster ends.</summary>
    public string? Folder { get; init; }

    /// <summary>Settings of every service, as environment variables, over those the cluster gives.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
