using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Sweeping;

/// <summary>Deletes the blobs that lost attempts of finished jobs left behind.</summary>
internal sealed class LitterCollector(IJobStore jobs, IBlobStore blobs)
{
    private const int JobsAtATime = 50;

    /// <summary>Tidies up after jobs that have been finished for a while; answers how many blobs were deleted.</summary>
    public async Task<int> CollectAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (true)
        {
            var littered = await jobs.LitteredAsync(after, JobsAtATime, cancellationToken);
            foreach (var (job, winningKeys) in littered)
            {
                var winning = winningKeys.ToHashSet(StringComparer.Ordinal);
                await foreach (var blob in blobs.ListAsync(BlobKeys.ResultPrefix(job.StorageOwner, job.CreatedAt, job.Id), cancellationToken))
                {
                    if (!winning.Contains(blob.Key) && await blobs.DeleteAsync(blob.Key, cancellationToken)) deleted++;
                }

                await jobs.MarkTidyAsync(job.Id, cancellationToken);
            }

            if (littered.Count < JobsAtATime) return deleted;
        }
    }
}
