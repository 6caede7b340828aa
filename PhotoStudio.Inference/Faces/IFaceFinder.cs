using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Faces;

/// <summary>
/// Finds faces in a picture. Every class of this assembly that implements this is registered; <see cref="FaceFinders"/> chooses among
/// them for the operations that need faces.
/// </summary>
public interface IFaceFinder
{
    /// <summary>The finder's name in reports, kebab-case.</summary>
    string Name { get; }

    /// <summary>Whether a trained model finds the faces or an algorithm of the studio's own.</summary>
    EngineTier Tier { get; }

    /// <summary>Its place among the ready finders of its tier: the highest is taken.</summary>
    int Rank => 0;

    /// <summary>What it lacks to run and the command to get it; null when it is ready.</summary>
    string? Missing => null;

    /// <summary>Memory that it takes besides the picture, in bytes.</summary>
    long MemoryBytes { get; }

    /// <summary>Finds the faces, the surest first.</summary>
    /// <param name="picture">Any size, gray and alpha welcome.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    IReadOnlyList<FoundFace> Find(Picture picture, CancellationToken cancellationToken = default);
}
