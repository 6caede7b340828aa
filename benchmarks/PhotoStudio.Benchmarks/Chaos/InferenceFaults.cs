namespace PhotoStudio.Benchmarks.Chaos;

/// <summary>What happens to inference.</summary>
internal static class InferenceFaults
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(40);

    /// <summary>An instance at work is killed.</summary>
    public static Task<IReadOnlyList<string>> KilledAsync(ChaosStage stage) => EndAsync(stage, isKilled: true);

    /// <summary>An instance at work is told to end.</summary>
    public static Task<IReadOnlyList<string>> DrainedAsync(ChaosStage stage) => EndAsync(stage, isKilled: false);

    private static async Task<IReadOnlyList<string>> EndAsync(ChaosStage stage, bool isKilled)
    {
        List<string> wrong = [];
        await stage.SubmitWorkAsync();

        // Runs take turns, so with three at work every instance has one.
        await stage.UntilAtWorkAsync(jobs: 3);
        var instance = stage.Cluster.Inference[stage.Next(stage.Cluster.Inference.Count)];
        if (isKilled) await instance.KillAsync();
        else if (!await instance.StopAsync(DrainPatience)) wrong.Add("inference did not end when it was told to");
        await stage.Cluster.ReplaceInferenceAsync(instance);
        return wrong;
    }
}
