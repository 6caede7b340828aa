using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace PhotoStudio.Backings.Redis;

/// <summary>Whether Redis answers, and whether it may throw away what the studio put there.</summary>
internal sealed class RedisHealth(RedisLink redis) : IHealthCheck
{
    private const string Policy = "maxmemory_policy:";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var memory = (string?)await redis.RunAsync("INFO", ["memory"], cancellationToken) ?? "";
            var policy = memory.Split('\n').FirstOrDefault(line => line.StartsWith(Policy, StringComparison.Ordinal))?[Policy.Length..].Trim();
            return policy is null or "noeviction"
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded(
                    $"throws entries away when its memory is full (maxmemory-policy is {policy}); jobs then start late. Set it to noeviction.");
        }
        catch (RedisAwayException)
        {
            return HealthCheckResult.Degraded("does not answer. Jobs are found in the database alone, and progress is told late.");
        }
        catch (RedisServerException)
        {
            // A service that keeps INFO to itself still serves.
            return HealthCheckResult.Healthy();
        }
    }
}
