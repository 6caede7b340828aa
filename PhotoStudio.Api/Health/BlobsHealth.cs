using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Health;

/// <summary>Writes, finds and deletes a small blob, and looks at the free space where blobs are files.</summary>
internal sealed class BlobsHealth(IBlobStore blobs, IOptions<BlobsHealthOptions> options, IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var key = $"health/{Guid.CreateVersion7():N}.txt";
        try
        {
            using var content = new MemoryStream("ok"u8.ToArray());
            await blobs.TryPutAsync(key, content, "text/plain", cancellationToken);
            var stored = await blobs.FindAsync(key, cancellationToken);
            await blobs.DeleteAsync(key, CancellationToken.None);
            return stored is { Length: 2 } ? Space() : HealthCheckResult.Unhealthy("does not keep what is written.");
        }
        catch (StorageException exception)
        {
            return HealthCheckResult.Unhealthy($"cannot be written: {exception.Message}");
        }
    }

    private HealthCheckResult Space()
    {
        // Where blobs are elsewhere, nothing may ever have been written to the folder.
        if (services.GetService<StudioFolder>() is not { } folder || !Directory.Exists(folder.Path)) return HealthCheckResult.Healthy();

        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["free_bytes"] = free };
        return free >= options.Value.MinFreeBytes
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Degraded($"Only {free / 1_048_576:N0} MiB are free; {options.Value.MinFreeBytes / 1_048_576:N0} MiB are wanted.", data: data);
    }
}

/// <summary>When the space for blobs counts as scarce. Section <c>Studio:Health</c>.</summary>
public sealed class BlobsHealthOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:Health";

    /// <summary>Less free space than this, in bytes, and the part is degraded.</summary>
    public long MinFreeBytes { get; set; } = 512L * 1024 * 1024;
}
