using System.Diagnostics;
using PhotoStudio.Benchmarks.Cluster;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>A cluster that one fault after another is tried on.</summary>
public sealed class ChaosSession : IAsyncDisposable
{
    /// <summary>Leases that are soon over, so that what a fault leaves behind is mended while one watches.</summary>
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Studio__Worker__Slots"] = "2",
        ["Studio__Worker__Lease"] = "00:00:03",
        ["Studio__Worker__Heartbeat"] = "00:00:00.5",
        ["Studio__Worker__PollInterval"] = "00:00:00.5",
        ["Studio__Worker__SweepInterval"] = "00:00:00.5",
        ["Studio__Worker__RingAgain"] = "00:00:02",
        ["Studio__Worker__TidyAfter"] = "00:00:03",
        ["Studio__Queue__RedeliverAfter"] = "00:00:02",
        ["Studio__Jobs__MaxFailures"] = "30",
        ["Studio__Jobs__FirstDelay"] = "00:00:00.2",
        ["Studio__Jobs__MaxDelay"] = "00:00:01",
        ["Studio__Jobs__MaxUnfinishedPerOwner"] = "10000",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private readonly StudioCluster _cluster;
    private readonly ChaosLedger _ledger;
    private readonly ChaosStage _stage;

    private ChaosSession(StudioCluster cluster, ChaosLedger ledger, ChaosStage stage) => (_cluster, _ledger, _stage) = (cluster, ledger, stage);

    /// <summary>What there is to break.</summary>
    public static IReadOnlyList<string> Faults => ChaosFaults.Names;

    /// <summary>Starts a cluster of two workers and two instances of inference.</summary>
    /// <param name="seed">Decides what is left to chance.</param>
    /// <param name="pace">How much is done.</param>
    /// <param name="writer">Told of the processes.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public static async Task<ChaosSession> StartAsync(int seed, ChaosPace pace, TextWriter writer, CancellationToken cancellationToken)
    {
        var plan = new ClusterPlan { Workers = 2, Inference = 2, Settings = Settings };
        var output = TextWriter.Synchronized(writer);
        var cluster = await StudioCluster.StartAsync(
            plan, member => output.WriteLine($"{member.Name,-12} {member.Id,7}  {member.Address}"), cancellationToken);
        ChaosLedger ledger = new(cluster);
        await ledger.WatchAsync();
        return new ChaosSession(cluster, ledger, new ChaosStage(cluster, ledger, new Random(seed), pace, cancellationToken));
    }

    /// <summary>Breaks something, mends it, waits until all work is done, and takes account.</summary>
    public async Task<ChaosAccount> BreakAsync(string fault)
    {
        var began = Stopwatch.GetTimestamp();
        List<string> wrong = [];
        try
        {
            wrong.AddRange(await ChaosFaults.Find(fault)(_stage));
            await _stage.UntilQuietAsync();
        }
        catch (TimeoutException exception)
        {
            wrong.Add(exception.Message);
        }

        var account = await _ledger.TakeAsync(fault, Stopwatch.GetElapsedTime(began).TotalSeconds, wrong);
        return account.Faults.Count == 0 ? account : account with { Text = $"{account.Text}\n{_stage.Logs()}" };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
