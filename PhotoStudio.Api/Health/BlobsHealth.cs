using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Health;

/// <summary>Writes, finds and deletes a small blob.</summary>
internal sealed class BlobsHealth(IServiceScopeFactory scopes) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var blobs = scope.ServiceProvider.GetRequiredService<IBlobStore>();
        var key = $"health/{Guid.CreateVersion7():N}.txt";
        try
        {
            using var content = new MemoryStream("ok"u8.ToArray());
            await blobs.TryPutAsync(key, content, "text/plain", cancellationToken);
            var stored = await blobs.FindAsync(key, cancellationToken);
            await blobs.DeleteAsync(key, CancellationToken.None);
            return stored is { Length: 2 } ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("does not keep what is written.");
        }
        catch (StorageException exception)
        {
            return HealthCheckResult.Unhealthy($"cannot be written: {exception.Message}");
        }
    }
}
