using System.Diagnostics;
using System.Diagnostics.Metrics;
using PhotoStudio.Inference.Engines;

namespace PhotoStudio.Inference.Telemetry;

/// <summary>Traces and metrics of the runs.</summary>
public sealed class InferenceTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "PhotoStudio.Inference";

    internal static readonly ActivitySource Source = new(Name);

    private readonly Histogram<double> _engineDuration;

    /// <summary>Makes the instruments.</summary>
    public InferenceTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _engineDuration = meters.Create(Name).CreateHistogram<double>(
            "studio.engine.duration",
            "s",
            "Time a run spent in its engine.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120],
            });
    }

    /// <summary>Records a run's time in its engine.</summary>
    /// <param name="engine">Which engine.</param>
    /// <param name="duration">How long.</param>
    /// <param name="errorType">What kind of failure ended it; null when it delivered.</param>
    internal void EngineRan(IEngine engine, TimeSpan duration, string? errorType)
    {
        var tags = new TagList { { "operation", engine.Operation }, { "engine", engine.Name }, { "device", engine.Device } };
        if (errorType is not null) tags.Add("error.type", errorType);
        _engineDuration.Record(duration.TotalSeconds, tags);
    }
}
