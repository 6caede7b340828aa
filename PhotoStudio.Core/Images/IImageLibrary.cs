using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Core.Images;

/// <summary>
/// Keeps, lists and changes the records of pictures. Ownership is inside every query; every change is one transaction and counts
/// <see cref="StudioImage.Version"/> up. Intermediate pictures of flows are shown by nothing here.
/// </summary>
public interface IImageLibrary
{
    /// <summary>
    /// Inserts a picture whose bytes are stored already, together with the caller's idempotency key. An upload takes one of the owner's
    /// daily uploads with it.
    /// </summary>
    Task<AddOutcome> AddAsync(StudioImage image, IdempotencyKey? key, CancellationToken cancellationToken);

    /// <summary>The picture that an idempotency key made, with the fingerprint it was made with.</summary>
    Task<(Guid ImageId, string Fingerprint)?> FindByKeyAsync(
        Owner owner, string method, string route, string key, CancellationToken cancellationToken);

    /// <summary>An owner's picture, deleted or not; null when there is none or it is another owner's.</summary>
    Task<StudioImage?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>A picture whoever owns it, deleted or not: for links that were signed, and for administrators.</summary>
    Task<StudioImage?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Those of an owner's pictures, deleted or not, that have one of the ids, in no order.</summary>
    Task<IReadOnlyList<StudioImage>> FindAsync(Owner owner, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>An owner's picture, not deleted, whose bytes are under this key.</summary>
    Task<StudioImage?> FindByBlobAsync(Owner owner, string blobKey, CancellationToken cancellationToken);

    /// <summary>A page of a shelf, newest first; of the deleted ones the last deleted first.</summary>
    Task<Page<StudioImage>> ListAsync(ImageFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Changes what an owner may change about a picture that is not deleted.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="id">The picture.</param>
    /// <param name="version">The version that the owner has seen; null for whatever it is now.</param>
    /// <param name="edit">
    /// Makes the new record of the present one. It may run several times; of what it answers, what the store decides itself (ids, keys,
    /// owner, times, version) is not looked at.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ImageChange> ChangeAsync(Owner owner, Guid id, long? version, Func<StudioImage, StudioImage> edit, CancellationToken cancellationToken);

    /// <summary>The same whoever owns it: for administrators.</summary>
    Task<ImageChange> ChangeAsync(Guid id, Func<StudioImage, StudioImage> edit, CancellationToken cancellationToken);

    /// <summary>Deletes a picture so that it can be restored; its bytes stay, and its URLs work. A deleted one is missing.</summary>
    Task<ImageChange> DeleteAsync(Owner owner, Guid id, long? version, CancellationToken cancellationToken);

    /// <summary>Takes a deletion back; a picture that is not deleted is answered as it is.</summary>
    Task<ImageChange> RestoreAsync(Owner owner, Guid id, long? version, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the record of a picture, deleted or not, for good. Its blobs, unless another record has them as well, are handed to
    /// <see cref="IDoomedBlobs"/> in the same transaction. Answers the record as it was.
    /// </summary>
    Task<ImageChange> RemoveAsync(Owner owner, Guid id, long? version, CancellationToken cancellationToken);

    /// <summary>The tags of an owner's pictures, the most used first.</summary>
    Task<IReadOnlyList<TagCount>> TagsAsync(Owner owner, int limit, CancellationToken cancellationToken);

    /// <summary>Sums over an owner's pictures.</summary>
    Task<LibraryStatistics> StatisticsAsync(Owner owner, CancellationToken cancellationToken);
}

/// <summary>What became of a picture that was added.</summary>
public abstract record AddOutcome
{
    private AddOutcome()
    {
    }

    /// <summary>It is there.</summary>
    public sealed record Added(StudioImage Image) : AddOutcome
    {
        /// <summary>Where the owner stands with the daily uploads; null for what is no upload.</summary>
        public QuotaStanding? Quota { get; init; }
    }

    /// <summary>The key was seen before with the same content: the picture it made then. Nothing was inserted.</summary>
    public sealed record Repeated(Guid ImageId) : AddOutcome;

    /// <summary>The key was seen before with other content. Nothing was inserted.</summary>
    public sealed record KeyReused : AddOutcome;

    /// <summary>The owner's daily uploads are used up. Nothing was inserted.</summary>
    /// <param name="Quota">Where the owner stands with them.</param>
    public sealed record QuotaExceeded(QuotaStanding Quota) : AddOutcome;
}

/// <summary>What became of a change.</summary>
public abstract record ImageChange
{
    private ImageChange()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Image">The record as it is now.</param>
    public sealed record Done(StudioImage Image) : ImageChange;

    /// <summary>There is no such picture, or it is another owner's.</summary>
    public sealed record Missing : ImageChange;

    /// <summary>The picture has changed since the version that was given. Nothing was changed.</summary>
    /// <param name="Version">Its version now.</param>
    public sealed record Stale(long Version) : ImageChange;
}

/// <summary>Which pictures are listed.</summary>
/// <param name="Shelf">Where they are.</param>
/// <param name="Owner">Whose they are; needed for every shelf but <see cref="ImageShelf.Public"/> and <see cref="ImageShelf.Flagged"/>.</param>
public sealed record ImageFilter(ImageShelf Shelf, Owner? Owner = null)
{
    /// <summary>Only with this tag, by its slug.</summary>
    public string? Tag { get; init; }

    /// <summary>Only results of this operation.</summary>
    public string? Operation { get; init; }

    /// <summary>Only those made in this style.</summary>
    public string? Style { get; init; }

    /// <summary>Only favourites, or only others.</summary>
    public bool? Favorite { get; init; }

    /// <summary>Stored at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Stored before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Words that each have to be the beginning of a word of the picture (<see cref="SearchTerms.OfSearch"/>).</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>Where pictures are listed.</summary>
public enum ImageShelf
{
    /// <summary>An owner's uploads.</summary>
    Uploads,

    /// <summary>An owner's results.</summary>
    Results,

    /// <summary>An owner's gallery.</summary>
    Gallery,

    /// <summary>Deleted uploads of an owner.</summary>
    DeletedUploads,

    /// <summary>Deleted entries of an owner's gallery.</summary>
    DeletedGallery,

    /// <summary>What owners show to everybody.</summary>
    Public,

    /// <summary>What moderation wants a person to look at, and nobody has looked at.</summary>
    Flagged,
}

/// <summary>Sums over an owner's pictures.</summary>
public sealed record LibraryStatistics
{
    /// <summary>Uploads that are not deleted.</summary>
    public long Uploads { get; init; }

    /// <summary>Results that are not deleted.</summary>
    public long Results { get; init; }

    /// <summary>Deleted ones that can be restored.</summary>
    public long Deleted { get; init; }

    /// <summary>Favourites.</summary>
    public long Favorites { get; init; }

    /// <summary>Those shown to everybody.</summary>
    public long Public { get; init; }

    /// <summary>Bytes of all files, deleted ones too, since they take room until they are removed.</summary>
    public long Bytes { get; init; }

    /// <summary>Downloads of those that are not deleted.</summary>
    public long Downloads { get; init; }

    /// <summary>Results by operation.</summary>
    public IReadOnlyDictionary<string, long> ByOperation { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Pictures by media type.</summary>
    public IReadOnlyDictionary<string, long> ByContentType { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
