using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.ServiceDefaults.Health;
using PhotoStudio.Worker.Claiming;
using PhotoStudio.Worker.Dispatching;
using PhotoStudio.Worker.Health;
using PhotoStudio.Worker.Running;
using PhotoStudio.Worker.Sweeping;
using PhotoStudio.Worker.Telemetry;

namespace PhotoStudio.Worker;

/// <summary>Registers the worker in this process.</summary>
public static class WorkerServices
{
    /// <summary>
    /// Adds a worker that claims jobs and runs them, configured under <c>Studio:Worker</c>. It needs the backings' ports and
    /// <see cref="Core.Inference.IInference"/>. A setting that makes no sense stops the start with an error that names it.
    /// </summary>
    public static IHostApplicationBuilder AddStudioWorker(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>());

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkerIdentity>();
        services.TryAddSingleton<WorkerTelemetry>();
        services.TryAddSingleton<DispatchSignal>();
        services.TryAddSingleton<Announcer>();
        services.TryAddSingleton<InputReader>();
        services.TryAddSingleton<ResultWriter>();
        services.TryAddSingleton<JobRunner>();
        services.TryAddSingleton<LitterCollector>();

        // In this order: what a dead worker held is pending again before the first look at what is due.
        services.AddHostedService<Sweeper>();
        services.AddHostedService<Dispatcher>();
        services.AddHostedService<JobPump>();
        services.AddStudioPart<WorkerHealth>("worker");
        return builder;
    }
}
