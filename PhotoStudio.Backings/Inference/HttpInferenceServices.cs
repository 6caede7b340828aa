using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Backings.Inference;

/// <summary>Registers inference that is a service of its own.</summary>
public static class HttpInferenceServices
{
    /// <summary>Adds <see cref="IInference"/> over HTTP, configured under <c>Studio:Inference:Http</c>.</summary>
    public static void AddHttpInference(this IServiceCollection services, InferenceAddresses addresses)
    {
        services.AddOptions<HttpInferenceOptions>().BindConfiguration(HttpInferenceOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpInferenceOptions>, HttpInferenceOptions.Validator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(addresses);
        services.TryAddSingleton<IInference, HttpInference>();
        services.TryAddSingleton<IModelAdministration, HttpModelAdministration>();
        services.TryAddSingleton<HttpInferenceHealth>();
        services.AddHealthChecks().AddCheck<HttpInferenceHealth>("inference");
    }
}
