using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Engines.Inpaint;

namespace PhotoStudio.Inference.Engines.ObjectRemoval;

/// <summary>Removes what is in a region and continues the picture across it, without a model (<see cref="Algorithms.Completion.PatchCompletion"/>).</summary>
public sealed class ObjectRemovalEngine : IEngine
{
    /// <inheritdoc/>
    public string Operation => "object-removal";

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
    });
}
