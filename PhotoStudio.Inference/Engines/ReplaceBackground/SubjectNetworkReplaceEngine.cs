using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Matting;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.ReplaceBackground;

/// <summary>Puts the subject before another background; a <see cref="SubjectNetwork"/> finds it.</summary>
public sealed class SubjectNetworkReplaceEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("replace-background", SubjectNetwork.Family, models, sessions, device)
{
    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run) =>
        BackgroundReplacement.MemoryFor(run) + SubjectNetwork.MemoryFor(Models.RequireFamily(SubjectNetwork.Family).Entry.Processing);

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var output = BackgroundReplacement.Run(
                run,
                (picture, progress) =>
                {
                    var mask = SubjectNetwork.Find(session, model.Entry.Processing, picture, cancellationToken);
                    progress.Report(0.7);
                    return SubjectCutout.From(picture, mask, cancellationToken);
                },
                cancellationToken);
            return output with { Model = model.Entry.Id };
        }
    }
}
