using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Inference as a part of <c>/health</c>: degraded while it starts and after runs that broke, unhealthy when it cannot work at all.
/// </summary>
internal sealed class InferenceHealthCheck(InferenceHealth health, RunSlots slots) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = health.State switch
        {
            InferenceState.Ready or InferenceState.Busy => HealthStatus.Healthy,
            InferenceState.Broken when health.CannotWork => HealthStatus.Unhealthy,
            _ => HealthStatus.Degraded,
        };
        var figures = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["slots"] = slots.Count,
            ["running"] = slots.Running,
            ["waiting"] = slots.Waiting,
        };
        return Task.FromResult(new HealthCheckResult(status, health.Description, data: figures));
    }
}
