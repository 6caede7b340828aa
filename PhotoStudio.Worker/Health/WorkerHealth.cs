using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Health;

/// <summary>Whether the worker's loops run, and how full its queue is. A loop that ended while the process goes on is broken.</summary>
internal sealed class WorkerHealth(IEnumerable<IHostedService> services, IJobBell bell, IOptions<WorkerOptions> options) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var loops = services.OfType<BackgroundService>().Where(service => service.GetType().Assembly == typeof(WorkerHealth).Assembly).ToList();
        var stopped = loops.Where(loop => loop.ExecuteTask is null or { IsCompleted: true }).Select(loop => loop.GetType().Name).ToList();
        if (stopped.Count > 0) return HealthCheckResult.Unhealthy($"does not run: {string.Join(", ", stopped)}. Restart the process.");

        var depth = await bell.DepthAsync(cancellationToken);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["slots"] = options.Value.Slots,
            ["queue_depth"] = depth,
            ["queue_capacity"] = bell.Capacity,
        };
        return HealthCheckResult.Healthy(data: data);
    }
}
