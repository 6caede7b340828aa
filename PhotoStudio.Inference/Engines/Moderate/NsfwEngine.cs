using System.Globalization;
using System.Numerics.Tensors;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.Moderate;

/// <summary>
/// Judges a prompt by <see cref="LexiconModeration"/> and a picture by a classifier that was trained to tell safe pictures from those that are
/// not safe for work. Pictures that come together go through it together.
/// </summary>
public sealed class NsfwEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device, MicroBatcher batcher)
    : ModelEngine("moderate", "nsfw-classifier", models, sessions, device)
{
    // The features of a transformer over 24×24 patches, and the decoded picture.
    private const long FeatureBytes = 160_000_000;
    private const int BytesPerPixel = 4;

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Judging.MemoryFor(run) + FeatureBytes + ((run.FindInput("image")?.Header.Pixels ?? 0) * BytesPerPixel);
    }

    /// <inheritdoc/>
    public override Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) =>
        Judging.RunAsync(run, image => JudgeAsync(image, cancellationToken), cancellationToken);

    private async Task<PictureJudgement> JudgeAsync(EngineInput image, CancellationToken cancellationToken)
    {
        var model = Models.RequireFamily(Name);
        var processing = model.Entry.Processing;
        var input = processing.Inputs[0].Prepare(image.Decode(cancellationToken), cancellationToken);
        var logits = (await batcher.RunAsync(model.ToOnnx(), input, cancellationToken)).Values;

        // Of the two classes the second is the unsafe one.
        var shares = new float[logits.Length];
        TensorPrimitives.SoftMax(logits, shares);
        double score = Math.Round(shares[1], 4);
        var note = string.Create(CultureInfo.InvariantCulture, $"The classifier takes the picture for unsafe by {score:P0}.");
        return new(Name, score, score >= processing.Threshold("unsafe"), MayBlock: true, note, model.Entry.Id);
    }
}
