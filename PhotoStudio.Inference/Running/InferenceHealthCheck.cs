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
        return Task.FromResult(Report(status, health, slots));
    }

    /// <summary>The state with its figures.</summary>
    internal static HealthCheckResult Report(HealthStatus status, InferenceHealth health, RunSlots slots)
    {
        var figures = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["state"] = health.State.ToString().ToLowerInvariant(),
            ["slots"] = slots.Count,
            ["running"] = slots.Running,
            ["waiting"] = slots.Waiting,
        };
        return new(status, health.Description, data: figures);
    }
}

/// <summary>
/// Inference as all that a service does. While it starts and while it is broken, no run should be sent to it; one that is busy says so
/// to whoever comes.
/// </summary>
internal sealed class InferenceServiceHealthCheck(InferenceHealth health, RunSlots slots) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = health.State is InferenceState.Ready or InferenceState.Busy ? HealthStatus.Healthy : HealthStatus.Unhealthy;
        return Task.FromResult(InferenceHealthCheck.Report(status, health, slots));
    }
}
