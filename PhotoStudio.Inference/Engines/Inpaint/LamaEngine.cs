using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.Inpaint;

/// <summary>Fills a region by LaMa, see <see cref="NetworkFilling"/>.</summary>
public sealed class LamaEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("inpaint", "lama", models, sessions, device)
{
    /// <inheritdoc/>
    public override int Rank => 1;

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
                Notes = run.Parameters.TryGet(Core.Operations.Inpaint.Prompt, out _) ? [InpaintEngine.PromptNotUsed] : null,
            };
        }
    }
}
