using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms.Segmentation;

namespace PhotoStudio.Inference.Engines.ReplaceBackground;

/// <summary>Puts the subject before another background, without a model: cut out by <see cref="SubjectCutout"/>.</summary>
public sealed class ReplaceBackgroundEngine : IEngine
{
    /// <inheritdoc/>
    public string Operation => "replace-background";

    /// <inheritdoc/>
    public string Name => "graph-cut-matting";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => BackgroundReplacement.MemoryFor(run);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) => Task.FromResult(
        BackgroundReplacement.Run(run, (picture, progress) => SubjectCutout.Make(picture, progress, cancellationToken), cancellationToken));
}
