using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Faces;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Inference.Running;
using PhotoStudio.Inference.Telemetry;
using PhotoStudio.ServiceDefaults.Health;

namespace PhotoStudio.Inference;

/// <summary>Registers inference in this process.</summary>
public static class InferenceServices
{
    /// <summary>
    /// Adds <see cref="IInference"/> with every engine of this assembly, configured under <c>Studio:Inference</c>.
    /// A setting that makes no sense stops the start with an error that names it.
    /// </summary>
    public static IHostApplicationBuilder AddStudioInference(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InferenceOptions>, InferenceOptionsValidator>());

        services.AddMetrics();
        services.AddPictureCodec();
        services.TryAddSingleton(TimeProvider.System);
        services.AddModelStore();
        services.TryAddEnumerable(Every<IEngine>());
        services.TryAddEnumerable(Every<IFaceFinder>());
        services.TryAddSingleton<FaceFinders>();
        services.TryAddSingleton<EngineSelector>();
        services.TryAddSingleton<RunSlots>();
        services.TryAddSingleton<MemoryAdmission>();
        services.TryAddSingleton<ExecutionDevice>();
        services.TryAddSingleton<OnnxSessions>();
        services.TryAddSingleton<MicroBatcher>();
        services.TryAddSingleton<InferenceHealth>();
        services.TryAddSingleton<InferenceTelemetry>();
        services.TryAddSingleton<InferenceRunner>();
        services.TryAddSingleton<IInference>(provider => provider.GetRequiredService<InferenceRunner>());
        services.AddStudioPart<InferenceHealthCheck>("inference");
        services.AddHostedService<InferenceWarmUp>();
        services.AddHostedService<MemoryWatch>();
        services.TryAddSingleton<SessionWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionWarmUp>());
        services.AddHostedService<IdleMemoryRelease>();
        return builder;
    }

    /// <summary>Every class of this assembly that is one, as a singleton whose constructor may ask for services.</summary>
    private static IEnumerable<ServiceDescriptor> Every<TService>() =>
        typeof(TService).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(TService)))
            .Select(type => ServiceDescriptor.Singleton(typeof(TService), type));
}
