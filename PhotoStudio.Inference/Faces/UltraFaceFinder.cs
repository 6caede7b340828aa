using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Faces.Portraits;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Faces;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Faces;

/// <summary>
/// Finds faces by <see cref="UltraFaceNetwork"/>, which tells where they are and not where their eyes are: of clear portraits the builtin
/// finder tells that, of the others the proportions of faces do.
/// </summary>
/// <param name="models">The installed models.</param>
/// <param name="sessions">Loads them.</param>
/// <param name="findLandmarks">Whether the builtin finder is asked, which takes much longer than the network; for who works on the faces.</param>
public sealed class UltraFaceFinder(IModelStore models, OnnxSessions sessions, bool findLandmarks = true) : IFaceFinder
{
    // As much of the box as faces that both find have in common.
    private const float SameFace = 0.35f;

    private static readonly PortraitFaceFinder Portraits = new();

    /// <inheritdoc/>
    public string Name => UltraFaceNetwork.Family;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Onnx;

    /// <inheritdoc/>
    public string? Missing => models.MissingFamily(UltraFaceNetwork.Family);

    /// <inheritdoc/>
    public long MemoryBytes => Portraits.MemoryBytes + 64_000_000;

    /// <inheritdoc/>
    public IReadOnlyList<FoundFace> Find(Picture picture, CancellationToken cancellationToken = default)
    {
        var model = models.RequireFamily(UltraFaceNetwork.Family);
        var processing = model.Entry.Processing;
        using var session = sessions.Acquire(model.ToOnnx(), cancellationToken);
        var boxes = UltraFaceNetwork.Find(session, processing, picture, (float)processing.Threshold("score"), cancellationToken);
        if (boxes.Count == 0) return [];

        IReadOnlyList<FoundFace> portraits = findLandmarks ? Portraits.Find(picture, cancellationToken) : [];
        return
        [
            .. boxes.Select(found =>
            {
                var box = new FaceBox(found.X, found.Y, found.Width, found.Height);
                var portrait = portraits.MaxBy(other => other.Box.OverlapWith(box));
                return portrait is not null && portrait.Box.OverlapWith(box) >= SameFace
                    ? new FoundFace(box, found.Score, portrait.Landmarks)
                    : new FoundFace(box, found.Score, Usual(box)) { HasUsualLandmarks = true };
            }),
        ];
    }

    // The means of faces from the front, as parts of the box from the forehead to the chin.
    private static FaceLandmarks Usual(FaceBox box)
    {
        return new(At(0.31f, 0.39f), At(0.69f, 0.39f), At(0.5f, 0.6f), At(0.35f, 0.78f), At(0.65f, 0.78f));

        System.Numerics.Vector2 At(float x, float y) => new(box.X + (x * box.Width), box.Y + (y * box.Height));
    }
}
