using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Faces;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.DetectFaces;

/// <summary>Finds faces by <see cref="UltraFaceNetwork"/>; landmarks are where faces usually have them, and marked as estimated.</summary>
public sealed class UltraFaceEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device) : IEngine
{
    private readonly UltraFaceFinder _finder = new(models, sessions, findLandmarks: false);

    /// <inheritdoc/>
    public string Operation => "detect-faces";

    /// <inheritdoc/>
    public string Name => _finder.Name;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Onnx;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public string Device => device.Name;

    /// <inheritdoc/>
    public string? Missing => device.Missing ?? _finder.Missing;

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => FaceListing.MemoryFor(run, _finder);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) =>
        Task.FromResult(FaceListing.Run(run, _finder, cancellationToken, models.FindFamily(UltraFaceNetwork.Family)?.Entry.Id));
}
