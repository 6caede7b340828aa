using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Matting;
using PhotoStudio.Inference.Onnx;
using RemoveBackgroundOperation = PhotoStudio.Core.Operations.RemoveBackground;

namespace PhotoStudio.Inference.Engines.RemoveBackground;

/// <summary>Cuts the subject out that a <see cref="SubjectNetwork"/> finds; colours along its outline are freed of the background.</summary>
public sealed class SubjectNetworkEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ModelEngine("remove-background", SubjectNetwork.Family, models, sessions, device)
{
    // The decoded picture, the decoder's buffers, and the result once more for writing it.
    private const int DecodedBytesPerPixel = 4 + 6, WritingBytesPerPixel = 4;

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return SubjectCutout.FixedBytes + SubjectNetwork.MemoryFor(Models.RequireFamily(SubjectNetwork.Family).Entry.Processing)
            + (run.Input().Header.Pixels * (DecodedBytesPerPixel + SubjectCutout.BytesPerPixel + WritingBytesPerPixel));
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.1, "looking for the subject"));
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var mask = SubjectNetwork.Find(session, model.Entry.Processing, picture, cancellationToken);
            run.Progress.Report(new(0.7, "matting"));
            var cutout = SubjectCutout.From(picture, mask, cancellationToken);
            var wanted = run.Parameters.Get(RemoveBackgroundOperation.Result);
            return new()
            {
                Pictures = [wanted == CutoutResult.Matte ? cutout.Matte : cutout.Subject],
                Confidence = cutout.Confidence,
                Model = model.Entry.Id,
            };
        }
    }
}
