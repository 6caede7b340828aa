using PhotoStudio.Tests.Support;

namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>What happens to workers.</summary>
internal static class WorkerFaults
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(40);

    /// <summary>A worker with a job at work is killed.</summary>
    public static async Task<IReadOnlyList<string>> KilledAsync(ChaosStage stage)
    {
        await stage.SubmitWorkAsync();
        var worker = stage.Cluster.Workers[stage.Next(stage.Cluster.Workers.Count)];
        await stage.UntilAtWorkAsync(worker);
        await worker.KillAsync();
        await stage.ReplaceAsync(worker);
        return [];
    }

    /// <summary>A worker with a job at work is told to end: it finishes or hands back what it has, and no attempt counts as failed.</summary>
    public static async Task<IReadOnlyList<string>> DrainedAsync(ChaosStage stage)
    {
        List<string> wrong = [];
        await stage.SubmitWorkAsync();
        var worker = stage.Cluster.Workers[stage.Next(stage.Cluster.Workers.Count)];
        var job = await stage.UntilAtWorkAsync(worker);
        if (!await worker.StopAsync(DrainPatience)) wrong.Add("the worker did not end when it was told to");
        else if (worker.ExitCode != 0) wrong.Add($"the worker ended with {worker.ExitCode}");
        var left = await stage.Ledger.AskAsync($"SELECT id FROM jobs WHERE state = 'processing' AND worker LIKE '%:{worker.Id}:%'");
        wrong.AddRange(left.Select(left => $"was left to its lease: {left}"));
        wrong.AddRange((await stage.Ledger.AskAsync($"SELECT failure FROM jobs WHERE id = '{job}' AND failures > 0")).Select(failure => $"counts as failed: {failure}"));
        await stage.ReplaceAsync(worker);
        return wrong;
    }

    /// <summary>A worker is frozen with a job at work until another has done that job, and goes on as if nothing had been.</summary>
    public static async Task<IReadOnlyList<string>> FrozenAsync(ChaosStage stage)
    {
        await stage.SubmitWorkAsync();
        var worker = stage.Cluster.Workers[stage.Next(stage.Cluster.Workers.Count)];
        var job = await stage.UntilAtWorkAsync(worker);
        await worker.SignalAsync("STOP");
        try
        {
            await stage.UntilAsync(async () => await stage.Ledger.CountAsync($"id = '{job}' AND finished_at IS NOT NULL") == 1, "another worker does the frozen one's job");
        }
        finally
        {
            await worker.SignalAsync("CONT");
        }

        return [];
    }

    /// <summary>A worker whose clock is an hour fast, and one whose clock is an hour slow, work beside the others.</summary>
    public static async Task<IReadOnlyList<string>> ClockAsync(ChaosStage stage)
    {
        List<string> wrong = [];
        foreach (var offset in stage.Pace.Clocks)
        {
            var others = stage.Cluster.Workers.ToList();
            var worker = await stage.Cluster.StartWorkerAsync(("LD_PRELOAD", FakeTime()), ("FAKETIME", offset), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
            var mark = $"worker LIKE '%:{worker.Id}:%'";
            var served = $"SELECT job FROM chaos_claims WHERE {mark}";
            await stage.UntilAsync(
                async () =>
                {
                    await stage.SubmitWorkAsync();
                    await stage.UntilQuietAsync();
                    return (await stage.Ledger.AskAsync(served)).Count > 0;
                },
                "the worker with the wrong clock takes a job");

            // By its own clock every lease of the others was long over, or every lease it took was over before it began.
            wrong.AddRange((await stage.Ledger.AskAsync($"SELECT id FROM jobs WHERE id IN ({served}) AND failures > 0")).Select(id => $"failed with the clock at {offset}: {id}"));
            wrong.AddRange((await stage.Ledger.AskAsync("SELECT id FROM jobs WHERE created_at > now() OR started_at > now() OR finished_at > now() OR finished_at < created_at"))
                .Select(id => $"has a time of another clock: {id}"));
            await worker.StopAsync(DrainPatience);
            stage.Cluster.Workers.RemoveAll(each => !others.Contains(each));
            await worker.DisposeAsync();
        }

        return wrong;
    }

    /// <summary>Debian's library that shows a process another time.</summary>
    private static string FakeTime()
    {
        string[] roots = ["/usr/lib", Repository.PathOf(".studio", "deb", "faketime", "tree", "usr", "lib")];
        return roots.Where(Directory.Exists)
            .SelectMany(root => Directory.GetDirectories(root, "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")))
            .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("libfaketime is not on this machine; './studio test' fetches it.");
    }
}
