using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace PhotoStudio.Inference.Models;

/// <summary>Registers the catalogue and the store of models.</summary>
internal static class ModelStoreServices
{
    /// <summary>Adds <see cref="IModelStore"/>, configured under <c>Studio:Models</c>.</summary>
    public static void AddModelStore(this IServiceCollection services)
    {
        services.AddOptions<ModelStoreOptions>().BindConfiguration(ModelStoreOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ModelCatalogue.Embedded);
        services.TryAddSingleton(provider => ModelFolders.From(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton<LicenceAcceptances>();
        services.TryAddSingleton<ModelStore>();
        services.TryAddSingleton<IModelStore>(provider => provider.GetRequiredService<ModelStore>());
    }
}
