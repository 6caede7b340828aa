using PhotoStudio.Inference.Engines.Inpaint;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.ObjectRemoval;

/// <summary>Removes what is in a region and continues the picture across it by MI-GAN, see <see cref="NetworkFilling"/>.</summary>
public sealed class MiganRemovalEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("object-removal", "migan", models, sessions, device)
{
    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run) => NetworkFilling.MemoryFor(run);

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            return new()
            {
                Pictures = [NetworkFilling.Run(run, session, model.Entry.Processing, cancellationToken)],
                Model = model.Entry.Id,
                Seed = run.Parameters.Get(Core.Operations.ObjectRemoval.Seed),
            };
        }
    }
}
