using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Faces;

/// <summary>The finder of faces that operations use: of those that are ready, a trained model's before the builtin one.</summary>
public sealed class FaceFinders(IEnumerable<IFaceFinder> finders)
{
    private readonly IFaceFinder[] _finders = [.. finders.OrderBy(finder => finder.Tier).ThenByDescending(finder => finder.Rank)];

    /// <summary>The one to use now.</summary>
    /// <exception cref="InferenceException">None is ready.</exception>
    public IFaceFinder Best => _finders.FirstOrDefault(finder => finder.Missing is null)
        ?? throw new InferenceException(InferenceFault.Unavailable, "engine_missing", "No finder of faces is ready.");

    /// <summary>The face that an operation works on: the one that is largest and surest.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="name">What the picture is called in the message, such as <c>source picture</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InferenceException">There is no face; the message says in which picture.</exception>
    public FoundFace Main(Picture picture, string name, CancellationToken cancellationToken) =>
        Required(picture, name, cancellationToken).MaxBy(face => face.Score * face.Landmarks.EyeDistance)!;

    /// <summary>All faces, the surest first.</summary>
    /// <inheritdoc cref="Main"/>
    public IReadOnlyList<FoundFace> Required(Picture picture, string name, CancellationToken cancellationToken)
    {
        var faces = Best.Find(picture, cancellationToken);
        return faces.Count > 0 ? faces : throw new InferenceException(
            InferenceFault.InvalidInput,
            "no_face",
            $"No face was found in the {name}. It should show a face from the front, well lit, with eyes and mouth uncovered, "
            + "and at least 40 pixels wide.");
    }
}
