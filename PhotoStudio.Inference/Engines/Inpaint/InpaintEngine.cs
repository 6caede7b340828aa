using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Engines.Inpaint;

/// <summary>Fills a region by what is around it, without a model (<see cref="Algorithms.Completion.PatchCompletion"/>).</summary>
public sealed class InpaintEngine : IEngine
{
    internal const string PromptNotUsed =
        "The prompt was not used: the region is filled by what is around it.";

    /// <inheritdoc/>
    public string Operation => "inpaint";

    /// <inheritdoc/>
    public string Name => RegionFilling.Name;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => RegionFilling.Version;

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => RegionFilling.MemoryFor(run);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) => Task.FromResult(new EngineOutput
    {
        Pictures = [RegionFilling.Run(run, cancellationToken)],
        Seed = run.Parameters.Get(Core.Operations.ObjectRemoval.Seed),
        Notes = run.Parameters.TryGet(Core.Operations.Inpaint.Prompt, out _) ? [PromptNotUsed] : null,
    });
}
