using Npgsql;
using PhotoStudio.Benchmarks.Cluster;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>What happens to the servers that the studio keeps things in.</summary>
internal static class ServerFaults
{
    /// <summary>Redis is gone for a while and comes back empty; jobs are accepted and done all the while.</summary>
    public static async Task<IReadOnlyList<string>> RedisStoppedAsync(ChaosStage stage)
    {
        await stage.SubmitWorkAsync();
        await stage.UntilAtWorkAsync(jobs: 1);
        await stage.Cluster.Redis.StopAsync();
        await stage.SubmitWorkAsync();
        await Task.Delay(stage.Pace.Outage, stage.CancellationToken);
        await stage.UntilQuietAsync();
        await stage.SubmitWorkAsync();
        await stage.Cluster.Redis.StartAgainAsync();
        return [];
    }

    /// <summary>Redis forgets everything while jobs wait in it.</summary>
    public static async Task<IReadOnlyList<string>> RedisFlushedAsync(ChaosStage stage)
    {
        await stage.SubmitWorkAsync();
        await stage.UntilAtWorkAsync(jobs: 1);
        await using var link = stage.Cluster.Redis.Open();
        await link.RunAsync("FLUSHALL", [], stage.CancellationToken);
        await stage.SubmitWorkAsync();
        await link.RunAsync("FLUSHALL", [], stage.CancellationToken);
        return [];
    }

    /// <summary>
    /// PostgreSQL crashes when a worker has written its output and its transaction is open: the records' table is locked until then, so that
    /// the commit cannot have been.
    /// </summary>
    public static async Task<IReadOnlyList<string>> PostgresBeforeCommitAsync(ChaosStage stage)
    {
        List<string> wrong = [];
        var postgres = stage.Cluster.Postgres;
        var job = await stage.SubmitAsync(stage.NewGuest(), isLong: true);
        await using var connection = new NpgsqlConnection(postgres.ConnectionString(StudioCluster.Database, "Pooling=false"));
        await connection.OpenAsync(stage.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(stage.CancellationToken);
        await using (var command = new NpgsqlCommand("LOCK TABLE images IN SHARE ROW EXCLUSIVE MODE", connection, transaction))
            await command.ExecuteNonQueryAsync(stage.CancellationToken);

        await stage.UntilAsync(
            async () => (await stage.Ledger.AskAsync("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%images%'")).Count > 0,
            "a worker waits to commit");
        if (!(await stage.Ledger.BlobsAsync()).Any(key => key.Contains(job!.Value.ToString("N"), StringComparison.Ordinal)))
            wrong.Add("the output was not written before the transaction");
        await postgres.StopAsync("QUIT");
        await postgres.StartAgainAsync();
        await stage.SubmitWorkAsync();
        return wrong;
    }

    /// <summary>The blobs' server is gone for a while: whoever brings a picture is refused, what is at work tries again.</summary>
    public static async Task<IReadOnlyList<string>> AzuriteDownAsync(ChaosStage stage)
    {
        List<string> wrong = [];
        await stage.SubmitWorkAsync();
        await stage.UntilAtWorkAsync(jobs: 1);
        await stage.Cluster.Azurite.StopAsync("INT");
        if (await stage.SubmitAsync(stage.NewGuest()) is not null) wrong.Add("a job was accepted whose picture could not be stored");
        await Task.Delay(stage.Pace.Outage, stage.CancellationToken);
        await stage.Cluster.Azurite.StartAgainAsync();
        await stage.SubmitWorkAsync();
        return wrong;
    }
}
