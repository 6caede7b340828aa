using System.Diagnostics.Metrics;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Telemetry;

/// <summary>What the REST service counts.</summary>
internal static class ApiTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "PhotoStudio.Api";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> JobsEnqueued = Meter.CreateCounter<long>("studio.jobs.enqueued", "{job}", "Jobs that were accepted.");
    private static readonly Counter<long> QuotasRejected = Meter.CreateCounter<long>("studio.quota.rejected", "{request}", "Requests that cost more than was left of a daily quota.");

    /// <summary>A job was accepted.</summary>
    public static void Enqueued(Job job) => JobsEnqueued.Add(1, new KeyValuePair<string, object?>("operation", job.Operation), new("lane", job.Lane.ToString().ToLowerInvariant()));

    /// <summary>A request cost more than was left.</summary>
    public static void QuotaRejected(QuotaStanding standing) => QuotasRejected.Add(1, new KeyValuePair<string, object?>("kind", standing.Kind.WireName()));
}
