using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PhotoStudio.Inference.Endpoints;
using PhotoStudio.Inference.Endpoints.Models;
using PhotoStudio.Inference.Running;
using PhotoStudio.ServiceDefaults.Health;

namespace PhotoStudio.Inference;

/// <summary>
/// Inference as a service of its own, in one pair of calls. It keeps nothing, so that any instance serves any run. It asks nobody who
/// they are: it belongs on a network that only the studio's other services reach.
/// </summary>
public static class InferenceService
{
    /// <summary>The port it listens on unless told otherwise.</summary>
    public const int DefaultPort = 8010;

    /// <summary>Adds inference and what its endpoints need, configured under <c>Studio:Inference</c> and <c>Studio:Inference:Service</c>.</summary>
    public static WebApplicationBuilder AddStudioInferenceService(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<InferenceServiceOptions>().BindConfiguration(InferenceServiceOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<InferenceServiceOptions>, InferenceServiceOptions.Validator>());
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<InferenceServiceOptions>>(
            (kestrel, options) => kestrel.Limits.MaxRequestBodySize = options.Value.MaxRequestBytes);

        // A part of the same name that comes later does not replace it.
        services.AddStudioPart<InferenceServiceHealthCheck>("inference");
        builder.AddStudioInference();
        services.AddExceptionHandler<InferenceExceptionHandler>();
        services.TryAddSingleton<RunPlaces>();
        services.TryAddSingleton<RunRequestReader>();
        return builder;
    }

    /// <summary>Maps the endpoints.</summary>
    public static WebApplication MapStudioInference(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => RunProblem.ForStatus(context.HttpContext).ExecuteAsync(context.HttpContext));
        app.MapGet("/", ShowService.Handle);
        app.MapGet("/engines", ListEngines.Handle);
        app.MapModels();
        app.MapPut("/runs/{run}", RunOperation.HandleAsync);
        return app;
    }
}
