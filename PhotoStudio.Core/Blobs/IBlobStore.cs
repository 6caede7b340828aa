namespace PhotoStudio.Core.Blobs;

/// <summary>
/// Bytes under keys (<see cref="BlobKeys.IsValid"/>). A blob is written once and never changes, so that readers need no
/// locks and caches no questions. A write is visible whole or not at all.
/// </summary>
public interface IBlobStore
{
    /// <summary>Writes a blob unless one has the key already.</summary>
    /// <returns>What is stored, or null when the key was taken; nothing was written then.</returns>
    /// <exception cref="StorageException">The bytes could not be stored; nothing is visible under the key.</exception>
    Task<BlobInfo?> TryPutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken);

    /// <summary>What is stored under a key; null when nothing is.</summary>
    Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; null when nothing is stored under the key. The stream is seekable where the store can.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">Which bytes; all of them when null. Cut to the blob's end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Stream?> OpenReadAsync(string key, BlobRange? range, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; false when nothing was stored under the key.</summary>
    Task<bool> DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>The blobs whose keys begin with the prefix, in ordinal order of their keys.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>What is known of a blob.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">Changes whenever the bytes under the key could have; without quotes.</param>
/// <param name="StoredAt">When it was written.</param>
public sealed record BlobInfo(string Key, long Length, string ContentType, string ETag, DateTimeOffset StoredAt);

/// <summary>A run of bytes.</summary>
/// <param name="Offset">The first byte, from 0.</param>
/// <param name="Length">How many; null reads to the end.</param>
public readonly record struct BlobRange(long Offset, long? Length = null);
