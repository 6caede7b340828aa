namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>Everything that is broken, by name. A fault answers what it found to be wrong besides what the ledger finds.</summary>
internal static class ChaosFaults
{
    private static readonly Dictionary<string, Func<ChaosStage, Task<IReadOnlyList<string>>>> All = new(StringComparer.Ordinal)
    {
        ["worker-killed"] = WorkerFaults.KilledAsync,
        ["worker-drained"] = WorkerFaults.DrainedAsync,
        ["worker-frozen"] = WorkerFaults.FrozenAsync,
        ["worker-clock"] = WorkerFaults.ClockAsync,
        ["inference-killed"] = InferenceFaults.KilledAsync,
        ["inference-drained"] = InferenceFaults.DrainedAsync,
        ["redis-stopped"] = ServerFaults.RedisStoppedAsync,
        ["redis-flushed"] = ServerFaults.RedisFlushedAsync,
        ["postgres-before-commit"] = ServerFaults.PostgresBeforeCommitAsync,
        ["azurite-down"] = ServerFaults.AzuriteDownAsync,
        ["workers-race"] = QueueFaults.RaceAsync,
        ["delivered-twice"] = QueueFaults.DeliveredTwiceAsync,
        ["cancel-races-claim"] = QueueFaults.CancelRacesClaimAsync,
        ["one-owners-batch"] = QueueFaults.BatchAsync,
    };

    /// <summary>The names, in the order of a run that tries each.</summary>
    public static IReadOnlyList<string> Names => [.. All.Keys];

    /// <summary>The fault of a name.</summary>
    public static Func<ChaosStage, Task<IReadOnlyList<string>>> Find(string name) => All[name];
}
