using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>Enlarges by iterated back-projection, see <see cref="Upscaling"/>.</summary>
public sealed class UpscaleEngine : IEngine
{
    private static readonly BackProjectionEnlarger Enlarger = new();

    /// <inheritdoc/>
    public string Operation => "upscale";

    /// <inheritdoc/>
    public string Name => "back-projection";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => Upscaling.MemoryFor(run, Enlarger.TileFor(1));

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run) => Upscaling.ResultPixels(run);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) =>
        Task.FromResult(new EngineOutput { Pictures = [Upscaling.Run(run, Enlarger, cancellationToken)] });
}
