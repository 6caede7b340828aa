using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace PhotoStudio.ServiceDefaults.Telemetry;

/// <summary>Npgsql names its data source by its connection string. Neither spans nor metrics carry that tag on.</summary>
internal sealed class DataSourceTagFilter : BaseProcessor<Activity>
{
    private static readonly MetricStreamConfiguration WithoutPoolName = new()
    {
        TagKeys = ["db.client.connection.state", "db.operation.name", "db.namespace", "db.response.status_code", "error.type"],
    };

    /// <summary>The metrics' half of the filter.</summary>
    public static MetricStreamConfiguration? View(Instrument instrument) => instrument.Meter.Name == "Npgsql" ? WithoutPoolName : null;

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "Npgsql") data.SetTag("db.npgsql.data_source", null);
    }
}
