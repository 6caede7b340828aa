using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace PhotoStudio.ServiceDefaults.Telemetry;

/// <summary>
/// Builds the providers before anything is served (they listen from their construction on) and sends what is left when
/// the process stops. The container disposes them.
/// </summary>
internal sealed class TelemetryHost(TracerProvider tracer, MeterProvider meter) : IHostedLifecycleService
{
    private const int FlushMilliseconds = 5_000;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The last of the three, so that what the other services did while stopping is sent too.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            tracer.ForceFlush(FlushMilliseconds);
            meter.ForceFlush(FlushMilliseconds);
        },
        cancellationToken);
}
