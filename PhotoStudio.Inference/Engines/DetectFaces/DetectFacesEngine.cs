using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Faces.Portraits;

namespace PhotoStudio.Inference.Engines.DetectFaces;

/// <summary>Finds clear faces from the front without a model, see <see cref="PortraitFaceFinder"/>.</summary>
public sealed class DetectFacesEngine : IEngine
{
    private readonly PortraitFaceFinder _finder = new();

    /// <inheritdoc/>
    public string Operation => "detect-faces";

    /// <inheritdoc/>
    public string Name => _finder.Name;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "2";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => FaceListing.MemoryFor(run, _finder);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) =>
        Task.FromResult(FaceListing.Run(run, _finder, cancellationToken));
}
