using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Tests.Support;

/// <summary>A blob store in front of a real one, whose writing fails as long as a test says so.</summary>
public sealed class FaultyBlobStore(IBlobStore inner) : IBlobStore
{
    /// <summary>What every write throws; null lets them through.</summary>
    public Func<Exception>? PutFault { get; set; }

    /// <summary>How many writes failed.</summary>
    public int FailedPuts { get; private set; }

    public Task<BlobInfo?> TryPutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        if (PutFault is not { } fault) return inner.TryPutAsync(key, content, contentType, cancellationToken);
        FailedPuts++;
        return Task.FromException<BlobInfo?>(fault());
    }

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

    public Task<Stream?> OpenReadAsync(string key, BlobRange? range, CancellationToken cancellationToken) =>
        inner.OpenReadAsync(key, range, cancellationToken);

    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);
}
