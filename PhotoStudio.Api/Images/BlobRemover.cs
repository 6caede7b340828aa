using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Deletes the bytes of what was removed. What does not work now is tried again by <see cref="ClearRemovals"/>.</summary>
public sealed partial class BlobRemover(IDoomedBlobs doomed, IBlobStore blobs, ILogger<BlobRemover> logger)
{
    private const int KeysAtATime = 100;

    /// <summary>Deletes everything that is to be deleted; answers how many blobs went.</summary>
    public async Task<int> ClearAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        try
        {
            while (true)
            {
                var keys = await doomed.ListAsync(KeysAtATime, cancellationToken);
                foreach (var key in keys)
                {
                    deleted += await DeleteAsync(key, cancellationToken);
                    await doomed.ForgetAsync(key, cancellationToken);
                }

                if (keys.Count < KeysAtATime) return deleted;
            }
        }
        catch (StorageException exception)
        {
            LogLater(logger, exception);
            return deleted;
        }
    }

    private async Task<int> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (!key.EndsWith('/')) return await blobs.DeleteAsync(key, cancellationToken) ? 1 : 0;

        var below = new List<string>();
        await foreach (var blob in blobs.ListAsync(key, cancellationToken)) below.Add(blob.Key);
        var deleted = 0;
        foreach (var blob in below) deleted += await blobs.DeleteAsync(blob, cancellationToken) ? 1 : 0;
        return deleted;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bytes of removed pictures could not be deleted; it is tried again")]
    private static partial void LogLater(ILogger logger, Exception exception);
}
