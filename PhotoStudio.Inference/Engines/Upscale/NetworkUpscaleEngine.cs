using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Networks;
using PhotoStudio.Inference.Onnx;
using UpscaleOperation = PhotoStudio.Core.Operations.Upscale;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>Enlarges by the small networks that come with the studio, see <see cref="TrainedNetworks"/> and <see cref="Upscaling"/>.</summary>
public sealed class NetworkUpscaleEngine(OnnxSessions sessions, ExecutionDevice device) : IEngine
{
    /// <inheritdoc/>
    public string Operation => "upscale";

    /// <inheritdoc/>
    public string Name => "residual-network";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public int Rank => 1;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public string Device => device.Name;

    /// <inheritdoc/>
    public string? Missing => device.Missing;

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) =>
        NetworkEnlarger.Bytes + Upscaling.MemoryFor(run, NetworkEnlarger.Tile(run.Parameters.Get(UpscaleOperation.Scale)));

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run) => Upscaling.ResultPixels(run);

    /// <inheritdoc/>
    public async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        var factor = NetworkEnlarger.FactorFor(run.Parameters.Get(UpscaleOperation.Scale));
        var model = TrainedNetworks.Upscaling(factor);
        using var session = await sessions.AcquireAsync(model, cancellationToken);
        return new()
        {
            Pictures = [Upscaling.Run(run, new NetworkEnlarger(session, factor), cancellationToken)],
            Model = Path.GetFileNameWithoutExtension(model.FileName),
        };
    }
}
