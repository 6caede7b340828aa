using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Images;

/// <summary>Finds pictures that look alike by their perceptual hashes.</summary>
public interface ISimilarImages
{
    /// <summary>Those of an owner's pictures whose hash is near, the nearest first.</summary>
    /// <param name="owner">Whose pictures.</param>
    /// <param name="hash">The hash to be near to.</param>
    /// <param name="maxDistance">The most bits that may differ, 0–64.</param>
    /// <param name="limit">The most pictures.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<IReadOnlyList<SimilarImage>> FindAsync(Owner owner, long hash, int maxDistance, int limit, CancellationToken cancellationToken);

    /// <summary>Those of an owner's pictures that have no hash yet, the newest first.</summary>
    Task<IReadOnlyList<StudioImage>> WithoutHashAsync(Owner owner, int limit, CancellationToken cancellationToken);

    /// <summary>Remembers a picture's hash. It follows from the bytes, so that the version stays.</summary>
    Task SetHashAsync(Guid id, long hash, CancellationToken cancellationToken);
}

/// <summary>A picture that looks like another.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Distance">How many of the 64 bits of the hashes differ.</param>
public sealed record SimilarImage(StudioImage Image, int Distance);
