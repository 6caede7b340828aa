using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Faces;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Faces;

/// <summary>Finds faces with their landmarks by <see cref="YunetNetwork"/>, from every side and in crowds.</summary>
public sealed class YunetFaceFinder(IModelStore models, OnnxSessions sessions) : IFaceFinder
{
    /// <inheritdoc/>
    public string Name => YunetNetwork.Family;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Onnx;

    /// <inheritdoc/>
    public int Rank => 1;

    /// <inheritdoc/>
    public string? Missing => models.MissingFamily(YunetNetwork.Family);

    /// <inheritdoc/>
    public long MemoryBytes => 64_000_000;

    /// <inheritdoc/>
    public IReadOnlyList<FoundFace> Find(Picture picture, CancellationToken cancellationToken = default)
    {
        var model = models.RequireFamily(YunetNetwork.Family);
        using var session = sessions.Acquire(model.ToOnnx(), cancellationToken);
        return YunetNetwork.Find(session, model.Entry.Processing, picture, (float)model.Entry.Processing.Threshold("score"), cancellationToken);
    }
}
