using StackExchange.Redis;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>What happens between callers, the queue and workers.</summary>
internal static class QueueFaults
{
    private const int Entries = 12;

    /// <summary>Every slot of every worker gets an entry of the same job at once.</summary>
    public static async Task<IReadOnlyList<string>> RaceAsync(ChaosStage stage)
    {
        List<string> wrong = [];
        for (var i = 0; i < stage.Pace.Jobs; i++)
        {
            var job = (await stage.SubmitAsync(stage.NewGuest(), isLong: true))!.Value;
            await RingAsync(stage, Enumerable.Repeat(job, Entries));
            await stage.UntilQuietAsync();
            var attempts = await stage.Ledger.AskAsync($"SELECT attempt FROM jobs WHERE id = '{job}'");
            if (attempts is not ["1"]) wrong.Add($"took {string.Join(", ", attempts)} attempts: {job}");
        }

        return wrong;
    }

    /// <summary>Entries come again of jobs that have ended, that were called off, that are at work, and that never were.</summary>
    public static async Task<IReadOnlyList<string>> DeliveredTwiceAsync(ChaosStage stage)
    {
        await stage.SubmitWorkAsync();
        var known = (await stage.Ledger.AskAsync("SELECT id FROM jobs ORDER BY created_at DESC LIMIT 40")).Select(Guid.Parse).ToList();
        await RingAsync(stage, [.. known, .. known, Guid.NewGuid(), Guid.NewGuid()]);
        await stage.UntilQuietAsync();
        await using var link = stage.Cluster.Redis.Open("studio");
        await stage.UntilAsync(
            async () => (long)await link.RunAsync("XLEN", [Key], stage.CancellationToken) == 0,
            "every entry is done with");
        return [];
    }

    /// <summary>Callers call jobs off in the moment in which workers reach for them.</summary>
    public static async Task<IReadOnlyList<string>> CancelRacesClaimAsync(ChaosStage stage)
    {
        for (var i = 0; i < stage.Pace.Races; i++)
        {
            var guest = stage.NewGuest();
            var job = await stage.SubmitAsync(guest, isLong: i % 2 == 0);
            await Task.Delay(stage.Next(60), stage.CancellationToken);
            await stage.CancelAsync(guest, job!.Value);
        }

        return [];
    }

    /// <summary>One owner submits a batch, and then two others a job or two: those need not wait for all of the batch.</summary>
    public static async Task<IReadOnlyList<string>> BatchAsync(ChaosStage stage)
    {
        List<string> wrong = [];
        var glutton = stage.NewGuest();
        for (var i = 0; i < stage.Pace.Batch; i++) await stage.SubmitAsync(glutton, isLong: true);
        List<Guid> others = [];
        foreach (var guest in (string[])[stage.NewGuest(), stage.NewGuest()])
        {
            for (var i = 0; i < 2; i++) others.Add((await stage.SubmitAsync(guest))!.Value);
        }

        var waiting = await stage.Ledger.CountAsync("state = 'pending'");
        await stage.UntilQuietAsync();

        // What was rung before they came, two entries for each of four slots, and what was at work go first; and in every round one of the batch.
        const int ahead = 8 + 4 + 4;
        var ids = string.Join("','", others);
        var after = await stage.Ledger.AskAsync(
            $"""
            SELECT job FROM (
              SELECT job, row_number() OVER (ORDER BY number) AS place FROM chaos_ends WHERE number > (
                SELECT min(number) FROM chaos_ends WHERE job IN (SELECT id FROM jobs WHERE owner LIKE '%{glutton}%')) - 1) AS ends
            WHERE job IN ('{ids}') AND place - {stage.Pace.Batch - waiting + others.Count} > {ahead}
            """);
        wrong.AddRange(after.Select(job => $"waited for another's batch: {job}"));
        return wrong;
    }

    private static RedisKey Key => "{studio}:bell:interactive";

    private static async Task RingAsync(ChaosStage stage, IEnumerable<Guid> jobs)
    {
        await using var link = stage.Cluster.Redis.Open("studio");
        foreach (var job in jobs) await link.RunAsync("XADD", [Key, "*", "job", job.ToString("N"), "trace", ""], stage.CancellationToken);
        await link.RunAsync("PUBLISH", ["{studio}:bell:rung", "1"], stage.CancellationToken);
    }
}
