using Microsoft.Extensions.Options;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Api.Images;

/// <summary>Gives up uploads that nobody finishes, and deletes bytes whose records are gone where that did not work at once.</summary>
internal sealed class ClearRemovals(BlobRemover remover, IUploadSessions uploads, IOptions<ImageOptions> options) : IScheduledTask
{
    private const int UploadsAtATime = 100;

    public string Name => "clear-removals";

    public string Description => "Gives up uploads that nobody finishes, and deletes bytes whose records are gone.";

    public TimeSpan Interval => options.Value.SweepInterval;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var given = 0;
        for (var some = UploadsAtATime; some == UploadsAtATime;)
        {
            some = await uploads.ExpireAsync(UploadsAtATime, cancellationToken);
            given += some;
        }

        return $"{given} uploads given up, {await remover.ClearAsync(cancellationToken)} blobs deleted.";
    }
}
