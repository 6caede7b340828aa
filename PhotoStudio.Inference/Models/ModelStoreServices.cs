using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>Registers the catalogue and the store of models.</summary>
internal static class ModelStoreServices
{
    /// <summary>Adds <see cref="IModelStore"/>, configured under <c>Studio:Models</c>.</summary>
    public static void AddModelStore(this IServiceCollection services)
    {
        services.AddOptions<ModelStoreOptions>().BindConfiguration(ModelStoreOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelStoreOptions>, ModelStoreOptions.Validator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ModelStoreOptions>>().Value;
            return ModelCatalogue.With(options.Catalogue).Preferring(options.Preferred);
        });
        services.TryAddSingleton(provider => ModelFolders.From(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton<LicenceAcceptances>();
        services.TryAddSingleton<ModelStore>();
        services.TryAddSingleton<ModelClient>();
        services.TryAddSingleton<ModelPuller>();
        services.TryAddSingleton<ModelImporter>();
        services.TryAddSingleton<IModelAdministration, ModelAdministration>();
        services.TryAddSingleton<IModelStore>(provider => provider.GetRequiredService<ModelStore>());
    }
}
