using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Images;

/// <summary>Uploads that come in several requests: how much of each is there, and in which blobs.</summary>
public interface IUploadSessions
{
    /// <summary>Begins an upload. False, and nothing was stored, when the owner has as many unfinished ones as allowed.</summary>
    Task<bool> BeginAsync(UploadSession session, int maxUnfinished, CancellationToken cancellationToken);

    /// <summary>An owner's upload; null when there is none, it has expired, or it is another owner's.</summary>
    Task<UploadSession?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a part that is stored already. Null, and nothing changed, unless the upload has come exactly as far as the part begins: of two
    /// that send the same part at once, one is added.
    /// </summary>
    Task<UploadSession?> AppendAsync(
        Owner owner, Guid id, long offset, UploadPart part, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers what picture the upload became; the bytes of its parts go (<see cref="IDoomedBlobs"/>). False when there is no such upload,
    /// or it has become one already.
    /// </summary>
    Task<bool> FinishAsync(Owner owner, Guid id, Guid imageId, CancellationToken cancellationToken);

    /// <summary>Gives an upload up; the bytes of its parts go. False when there is none.</summary>
    Task<bool> DeleteAsync(Owner owner, Guid id, CancellationToken cancellationToken);

    /// <summary>Gives up every upload that has expired; answers how many.</summary>
    Task<int> ExpireAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>An upload that comes in several requests.</summary>
public sealed record UploadSession
{
    /// <summary>Identifies it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Bytes in all.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes that are stored.</summary>
    public long Received { get; init; }

    /// <summary>The blobs that hold them, in order.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>What the client said about the picture when it began: a JSON object.</summary>
    public required string Details { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is given up unless a part comes.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The picture it became.</summary>
    public Guid? ImageId { get; init; }
}

/// <summary>A stored part of an upload.</summary>
/// <param name="BlobKey">Where its bytes are.</param>
/// <param name="Length">How many.</param>
public sealed record UploadPart(string BlobKey, long Length);
