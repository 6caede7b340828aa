using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Faces;
using PhotoStudio.Inference.Onnx;
using FaceEnhanceOperation = PhotoStudio.Core.Operations.FaceEnhance;

namespace PhotoStudio.Inference.Engines.FaceEnhance;

/// <summary>
/// Restores the faces of a picture by GFPGAN (Wang et al., "Towards Real-World Blind Face Restoration with Generative Facial Prior", CVPR 2021):
/// each is aligned, restored, and laid over the picture with soft edges. Pixels outside the faces stay as they are.
/// </summary>
public sealed class FaceRestorationEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device, FaceFinders finders)
    : ModelEngine("face-enhance", "gfpgan", models, sessions, device)
{
    // The network's features; the decoder's buffers, the decoded picture, the result for each face, and once more for writing it.
    private const long FeatureBytes = 1L << 30;
    private const int BytesPerPixel = 6 + (4 * 4);

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return FeatureBytes + finders.Best.MemoryBytes + (run.Input().Header.Pixels * BytesPerPixel);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        run.Progress.Report(new(0.1, "looking for faces"));
        var faces = finders.Required(picture, "picture", cancellationToken);
        var strength = (float)run.Parameters.Get(FaceEnhanceOperation.Strength);
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var result = picture;
            for (var i = 0; i < faces.Count; i++)
            {
                run.Progress.Report(new(0.3 + (0.7 * i / faces.Count), "restoring"));
                result = Restore(result, faces[i], session, model.Entry.Processing, strength, cancellationToken);
            }

            return new() { Pictures = [result], Confidence = faces.Max(face => face.Score), Model = model.Entry.Id };
        }
    }

    private static Picture Restore(
        Picture picture, FoundFace face, OnnxSession session, ModelProcessing processing, float strength, CancellationToken cancellationToken)
    {
        var (side, _) = processing.Inputs[0].Size();
        var alignment = FaceAlignment.Of(face.Landmarks, FaceTemplates.Ffhq, side);
        var restored = FaceNetwork.Run(session, processing, alignment.Crop(picture, cancellationToken), cancellationToken);
        var weight = FaceAlignment.Feather(side, FaceNetwork.Border);
        for (var i = 0; i < weight.Data.Length; i++) weight.Data[i] *= strength;
        return alignment.Paste(picture, restored, weight, cancellationToken);
    }
}
