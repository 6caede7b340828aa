using System.Diagnostics;
using System.Diagnostics.Metrics;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Blobs;

/// <summary>A blob store whose writes and reads are spans of the trace they belong to, and whose bytes are counted.</summary>
internal sealed class ObservedBlobStore(IBlobStore store, string system) : IBlobStore
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "PhotoStudio.Backings";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Counter<long> Bytes =
        new Meter(Name).CreateCounter<long>("studio.storage.bytes", "By", "Bytes of blobs that were written.");

    /// <summary>What it observes.</summary>
    public IBlobStore Store => store;

    /// <inheritdoc/>
    public async Task<BlobInfo?> TryPutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        using var span = Start("blob write", key);
        try
        {
            var stored = await store.TryPutAsync(key, content, contentType, cancellationToken);
            span?.SetTag("studio.blob.bytes", stored?.Length);
            if (stored is not null) Bytes.Add(stored.Length, new KeyValuePair<string, object?>("system", system));
            return stored;
        }
        catch (Exception exception)
        {
            Fail(span, exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string key, BlobRange? range, CancellationToken cancellationToken)
    {
        using var span = Start("blob read", key);
        try
        {
            return await store.OpenReadAsync(key, range, cancellationToken);
        }
        catch (Exception exception)
        {
            Fail(span, exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    private static void Fail(Activity? span, Exception exception)
    {
        span?.SetTag("error.type", exception.GetType().FullName);
        span?.SetStatus(ActivityStatusCode.Error);
    }

    private Activity? Start(string what, string key)
    {
        // Without a trace to belong to it would be one of its own for every health check and sweep.
        var span = Activity.Current is null ? null : Source.StartActivity(what, ActivityKind.Client);
        span?.SetTag("studio.blob.system", system);
        span?.SetTag("studio.blob.key", key);
        return span;
    }
}
