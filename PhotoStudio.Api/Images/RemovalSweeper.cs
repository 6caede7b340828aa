using Microsoft.Extensions.Options;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Gives up uploads that nobody finishes, and deletes bytes whose records are gone where that did not work at once.</summary>
internal sealed partial class RemovalSweeper(
    BlobRemover remover, IUploadSessions uploads, IOptions<ImageOptions> options, TimeProvider time, ILogger<RemovalSweeper> logger)
    : BackgroundService
{
    private const int UploadsAtATime = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepInterval, time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends; the next one goes on.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await uploads.ExpireAsync(UploadsAtATime, stoppingToken) == UploadsAtATime)
            {
                // There may be more.
            }

            var deleted = await remover.ClearAsync(stoppingToken);
            if (deleted > 0) LogCleared(deleted);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotSwept(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Blobs} blobs of removed pictures and given-up uploads were deleted")]
    private partial void LogCleared(int blobs);

    [LoggerMessage(Level = LogLevel.Error, Message = "Removed pictures and given-up uploads could not be cleared away; it is tried again")]
    private partial void LogNotSwept(Exception exception);
}
