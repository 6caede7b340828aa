using System.Numerics.Tensors;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Faces;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.FaceSwap;

/// <summary>
/// Gives a face the identity of another by InSwapper: ArcFace (Deng et al., 2019) tells the source's identity as 512 numbers, a matrix in the
/// swapping network's own file takes them to where it expects them, and the aligned face that it makes is laid over the target with soft edges.
/// Both files are their user's to bring, and their licences to accept.
/// </summary>
public sealed class IdentitySwapEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device, FaceFinders finders)
    : ModelEngine("face-swap", "inswapper", models, sessions, device)
{
    private const string Recognition = "arcface";

    // The network's features; the decoder's buffers, the decoded picture, the result, and once more for writing it.
    private const long FeatureBytes = 512L << 20;
    private const int BytesPerPixel = 6 + (3 * 4);

    private readonly Lock _lock = new();
    private (string Path, DateTime Written, float[] Matrix)? _projection;

    /// <inheritdoc/>
    public override string? Missing => base.Missing ?? Models.MissingFamily(Recognition);

    /// <inheritdoc/>
    public override long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return FeatureBytes + finders.Best.MemoryBytes
            + ((run.Input("source").Header.Pixels + run.Input("target").Header.Pixels) * BytesPerPixel);
    }

    /// <inheritdoc/>
    public override async Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        Picture source = run.Input("source").Decode(cancellationToken), target = run.Input("target").Decode(cancellationToken);
        run.Progress.Report(new(0.1, "looking for faces"));
        var from = finders.Main(source, "source picture", cancellationToken);
        var to = finders.Main(target, "target picture", cancellationToken);
        run.Progress.Report(new(0.3, "recognising"));
        var identity = await IdentityAsync(source, from, cancellationToken);
        run.Progress.Report(new(0.5, "swapping"));
        var (model, session) = await OpenAsync(cancellationToken);
        using (session)
        {
            var processing = model.Entry.Processing;
            var (side, _) = processing.Inputs[0].Size();
            var alignment = FaceAlignment.Of(to.Landmarks, FaceTemplates.ArcFace128, side);
            var latent = Latent(identity, Projection(model, session));
            var swapped = FaceNetwork.Run(
                session, processing, alignment.Crop(target, cancellationToken), cancellationToken, (processing.InputName(1), latent));
            var result = alignment.Paste(target, swapped, FaceAlignment.Feather(side, FaceNetwork.Border), cancellationToken);
            return new() { Pictures = [result], Confidence = Math.Min(from.Score, to.Score), Model = model.Entry.Id };
        }
    }

    private async Task<float[]> IdentityAsync(Picture source, FoundFace face, CancellationToken cancellationToken)
    {
        var model = Models.RequireFamily(Recognition);
        using var session = await OpenAsync(model, cancellationToken);
        var processing = model.Entry.Processing;
        var (side, _) = processing.Inputs[0].Size();
        var crop = FaceAlignment.Of(face.Landmarks, FaceTemplates.ArcFace112, side).Crop(source, cancellationToken);
        var input = PictureTensors.FromPicture(crop, processing.Inputs[0].Form(), cancellationToken);
        using var outputs = session.Run([(processing.InputName(0), input)], [processing.OutputName(0)], cancellationToken);
        return outputs.Values(processing.OutputName(0)).ToArray();
    }

    // embedding · matrix / |embedding|
    private static FloatTensor Latent(float[] identity, float[] matrix)
    {
        var size = identity.Length;
        var latent = new FloatTensor(1, size);
        for (var row = 0; row < size; row++)
            TensorPrimitives.MultiplyAdd(matrix.AsSpan(row * size, size), identity[row], latent.Values, latent.Values);
        TensorPrimitives.Divide(latent.Values, Math.Max(TensorPrimitives.Norm<float>(identity), 1e-6f), latent.Values);
        return latent;
    }

    // The last of the file's constants, read once for a file.
    private float[] Projection(InstalledModel model, OnnxSession session)
    {
        lock (_lock)
        {
            var written = File.GetLastWriteTimeUtc(model.Path);
            if (_projection is { } known && known.Path == model.Path && known.Written == written) return known.Matrix;

            var size = model.Entry.Processing.Inputs[1].Shape[1] ?? 0;
            var matrix = OnnxConstants.ReadLast(model.Path) is { } last && last.Shape.SequenceEqual([size, size])
                ? last.Values
                : throw session.Unexpected($"its last constant is no matrix of {size}×{size}");
            _projection = (model.Path, written, matrix);
            return matrix;
        }
    }
}
