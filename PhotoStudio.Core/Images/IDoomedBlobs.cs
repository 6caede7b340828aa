namespace PhotoStudio.Core.Images;

/// <summary>
/// Blobs whose records are gone and whose bytes are still to be deleted. They are written with the transaction that removes the record, so
/// that a process that dies, or a store that is away, leaves nothing behind for good.
/// </summary>
public interface IDoomedBlobs
{
    /// <summary>Keys to delete, the oldest first. A key that ends in a slash stands for everything below it.</summary>
    Task<IReadOnlyList<string>> ListAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Remembers that a key's bytes are gone.</summary>
    Task ForgetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Those of the keys that no picture's record names.</summary>
    Task<IReadOnlyList<string>> UnknownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}
