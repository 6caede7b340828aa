using Microsoft.Extensions.Options;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Worker.Scheduled;

/// <summary>
/// Deletes pictures' bytes that no record names, such as those of a process that died between storing them and the record. A blob is stored
/// shortly before its record, so only old ones are looked at.
/// </summary>
internal sealed class RemoveOrphanedBlobs(IBlobStore blobs, IDoomedBlobs records, IOptions<RetentionOptions> options, TimeProvider time) : IScheduledTask
{
    private const int KeysAtATime = 500;

    public string Name => "remove-orphaned-blobs";

    public string Description => "Deletes the bytes of uploads and results that no record names and that are older than Studio:Retention:OrphanedBlobs says.";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (looked, deleted, before) = (0L, 0, time.GetUtcNow() - options.Value.OrphanedBlobs);
        foreach (var prefix in BlobKeys.RecordedPrefixes)
        {
            var keys = new List<string>(KeysAtATime);
            await foreach (var blob in blobs.ListAsync(prefix, cancellationToken))
            {
                looked++;
                if (blob.StoredAt < before) keys.Add(blob.Key);
                if (keys.Count == KeysAtATime) deleted += await DeleteAsync(keys, cancellationToken);
            }

            deleted += await DeleteAsync(keys, cancellationToken);
        }

        return $"{deleted} of {looked} blobs deleted.";
    }

    private async Task<int> DeleteAsync(List<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return 0;
        var deleted = 0;
        foreach (var key in await records.UnknownAsync(keys, cancellationToken))
        {
            if (await blobs.DeleteAsync(key, cancellationToken)) deleted++;
        }

        keys.Clear();
        return deleted;
    }
}
