using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PhotoStudio.Core.Models;
using PhotoStudio.Inference.Models;

namespace PhotoStudio.Tests.Support;

/// <summary>Administration of models in a folder of its own, however it is reached.</summary>
public sealed class ModelAdministrationUnderTest : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();

    private ModelAdministrationUnderTest()
    {
    }

    /// <summary>The administration.</summary>
    public IModelAdministration Models { get; private set; } = null!;

    /// <summary>The engines' view of the same folders.</summary>
    public IModelStore Store { get; private set; } = null!;

    /// <summary>Administration by direct calls.</summary>
    /// <param name="folder">The folder of models.</param>
    /// <param name="models">The catalogue.</param>
    /// <param name="configure">Changes to the settings.</param>
    public static ModelAdministrationUnderTest InProcess(
        string folder, IReadOnlyList<ModelEntry> models, Action<ModelStoreOptions>? configure = null)
    {
        var studio = new ModelAdministrationUnderTest();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationManager());
        services.AddModels(folder, models, configure);
        services.AddModelStore();
        var provider = services.BuildServiceProvider();
        studio._parts.Push(provider);
        (studio.Models, studio.Store) = (provider.GetRequiredService<IModelAdministration>(), provider.GetRequiredService<IModelStore>());
        return studio;
    }

    /// <summary>Administration over HTTP, of a service in this process.</summary>
    /// <param name="folder">The folder of models.</param>
    /// <param name="models">The catalogue.</param>
    /// <param name="configure">Changes to the settings.</param>
    public static async Task<ModelAdministrationUnderTest> OverHttpAsync(
        string folder, IReadOnlyList<ModelEntry> models, Action<ModelStoreOptions>? configure = null)
    {
        var studio = new ModelAdministrationUnderTest();
        var service = await InferenceServiceHost.StartAsync(services: services => services.AddModels(folder, models, configure));
        studio._parts.Push(service);
        var client = HttpInferenceClient.ModelsOf([service.Address.ToString()]);
        studio._parts.Push(new Disposal(client));
        (studio.Models, studio.Store) = (client, service.Services.GetRequiredService<IModelStore>());
        return studio;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part)) await part.DisposeAsync();
    }

    private sealed class Disposal(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Services with models of the test's own.</summary>
internal static class ModelTestServices
{
    /// <summary>Puts a catalogue and a folder in the place of the studio's; pauses between tries are left out.</summary>
    public static void AddModels(this IServiceCollection services, string folder, params IReadOnlyList<ModelEntry> models) =>
        services.AddModels(folder, models, configure: null);

    /// <summary>Puts a catalogue and a folder in the place of the studio's; pauses between tries are left out.</summary>
    public static void AddModels(
        this IServiceCollection services, string folder, IReadOnlyList<ModelEntry> models, Action<ModelStoreOptions>? configure)
    {
        services.AddSingleton(new ModelCatalogue(models));
        services.AddSingleton(new ModelFolders([folder]));
        services.Configure<ModelStoreOptions>(options =>
        {
            (options.Retries, options.RetryPause) = (2, TimeSpan.Zero);
            configure?.Invoke(options);
        });
    }
}

/// <summary>What was told of work with models.</summary>
public sealed class ModelProgressLog : IProgress<ModelProgress>
{
    private readonly List<ModelProgress> _reports = [];

    /// <summary>In order.</summary>
    public IReadOnlyList<ModelProgress> Reports
    {
        get
        {
            lock (_reports) return [.. _reports];
        }
    }

    public void Report(ModelProgress value)
    {
        lock (_reports) _reports.Add(value);
    }
}
