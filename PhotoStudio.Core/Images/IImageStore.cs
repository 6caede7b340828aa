using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Images;

/// <summary>Reads the records of pictures. Ownership is inside every query.</summary>
public interface IImageStore
{
    /// <summary>An owner's picture; null when there is none, it is deleted, or it is another owner's.</summary>
    Task<StudioImage?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>An owner's uploaded picture with exactly these bytes, if it is stored already.</summary>
    Task<StudioImage?> FindUploadAsync(Owner owner, string sha256, CancellationToken cancellationToken);

    /// <summary>An owner's pictures, newest first.</summary>
    Task<Page<StudioImage>> ListAsync(Owner owner, ImageQuery query, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The results of a job, in order.</summary>
    Task<IReadOnlyList<StudioImage>> ResultsOfAsync(Owner owner, Guid jobId, CancellationToken cancellationToken);

    /// <summary>The results of several jobs at once, each job's in order; a job without results is not in it.</summary>
    Task<ILookup<Guid, StudioImage>> ResultsOfAsync(Owner owner, IReadOnlyCollection<Guid> jobIds, CancellationToken cancellationToken);

    /// <summary>Counts one download; false when there is no such picture.</summary>
    Task<bool> CountDownloadAsync(Owner owner, Guid id, CancellationToken cancellationToken);
}

/// <summary>Which pictures are wanted; null means any.</summary>
/// <param name="Kind">Uploads or results; intermediates are never listed.</param>
/// <param name="Operations">Results of any of these operations; none of them, none at all.</param>
/// <param name="JobId">The results of one job.</param>
public sealed record ImageQuery(ImageKind? Kind = null, IReadOnlyCollection<string>? Operations = null, Guid? JobId = null)
{
    /// <summary>Only favourites, or only others.</summary>
    public bool? Favorite { get; init; }

    /// <summary>Stored at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Stored before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
