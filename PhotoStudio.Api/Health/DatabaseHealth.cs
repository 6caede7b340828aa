using Microsoft.Extensions.Diagnostics.HealthChecks;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Health;

/// <summary>Asks the job store for a job that does not exist: the shortest way through pool, connection, schema and index.</summary>
internal sealed class DatabaseHealth(IJobStore jobs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await jobs.FindAsync(Guid.Empty, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
