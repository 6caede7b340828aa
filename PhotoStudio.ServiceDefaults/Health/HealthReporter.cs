using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhotoStudio.ServiceDefaults.Health;

/// <summary>
/// Runs the health checks, at most once in <see cref="Freshness"/> however many ask: the endpoint is open to anyone and
/// a check may write to a disk.
/// </summary>
internal sealed class HealthReporter(HealthCheckService checks, TimeProvider time) : IDisposable
{
    /// <summary>How old a report may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1);
    private (DateTimeOffset At, HealthBody Body)? _latest;

    /// <summary>The latest report, renewed when it is too old.</summary>
    public async Task<HealthBody> ReportAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_latest is { } latest && time.GetUtcNow() - latest.At < Freshness) return latest.Body;
            var body = Describe(await checks.CheckHealthAsync(cancellationToken));
            _latest = (time.GetUtcNow(), body);
            return body;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static HealthBody Describe(HealthReport report)
    {
        var parts = new SortedDictionary<string, HealthPart>(StringComparer.Ordinal);
        foreach (var (name, entry) in report.Entries) parts[name] = new HealthPart(Wire(entry.Status), Message(entry), Data(entry));

        var troubled = parts.Where(part => part.Value.Status != HealthBody.Healthy).Select(part => $"{part.Key}: {part.Value.Message}").ToList();
        var message = troubled.Count == 0 ? "Everything works." : string.Join(" ", troubled);
        return new HealthBody(Wire(report.Status), message, parts);
    }

    // The text of an exception may name paths and addresses; the log has it, the public report does not.
    private static string? Message(HealthReportEntry entry) =>
        entry.Exception is { } exception && entry.Description == exception.Message || string.IsNullOrEmpty(entry.Description)
            ? entry.Status == HealthStatus.Healthy ? null : "does not answer."
            : entry.Description;

    private static Dictionary<string, JsonElement>? Data(HealthReportEntry entry) =>
        entry.Data.Count == 0
            ? null
            : entry.Data.ToDictionary(
                figure => figure.Key,
                figure => figure.Value switch
                {
                    long number => JsonSerializer.SerializeToElement(number, HealthDataContext.Default.Int64),
                    int number => JsonSerializer.SerializeToElement((long)number, HealthDataContext.Default.Int64),
                    double number => JsonSerializer.SerializeToElement(number, HealthDataContext.Default.Double),
                    bool yes => JsonSerializer.SerializeToElement(yes, HealthDataContext.Default.Boolean),
                    var other => JsonSerializer.SerializeToElement(other.ToString() ?? "", HealthDataContext.Default.String),
                },
                StringComparer.Ordinal);

    private static string Wire(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthBody.Healthy,
        HealthStatus.Degraded => HealthBody.Degraded,
        _ => HealthBody.Unhealthy,
    };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(long))]
[System.Text.Json.Serialization.JsonSerializable(typeof(double))]
[System.Text.Json.Serialization.JsonSerializable(typeof(bool))]
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class HealthDataContext : System.Text.Json.Serialization.JsonSerializerContext;
