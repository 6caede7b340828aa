using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;
using UpscaleOperation = PhotoStudio.Core.Operations.Upscale;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>Enlarges by <see cref="SubPixelEnlarger"/>.</summary>
public sealed class SubPixelEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("upscale", "sub-pixel-cnn", models, sessions, device)
{
    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var scale = run.Parameters.Get(UpscaleOperation.Scale);
        return SubPixelEnlarger.Bytes + Upscaling.MemoryFor(run, SubPixelEnlarger.Tile(Models.RequireFamily(Name).Entry.Processing, scale));
    }

    /// <inheritdoc/>
    public override long ResultPixels(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Upscaling.ResultPixels(run);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var enlarger = new SubPixelEnlarger(session, model.Entry.Processing);
            return new() { Pictures = [Upscaling.Run(run, enlarger, cancellationToken)], Model = model.Entry.Id };
        }
    }
}
