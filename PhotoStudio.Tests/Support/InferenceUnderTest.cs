using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Models;

namespace PhotoStudio.Tests.Support;

/// <summary>Inference as a test wants it.</summary>
/// <param name="Engines">The only engines there are; null takes the studio's own.</param>
/// <param name="Settings">Settings under <c>Studio:Inference</c>, such as <c>Slots</c>.</param>
/// <param name="Warm">Models to warm up.</param>
public sealed record InferenceSetup(
    IReadOnlyList<IEngine>? Engines = null, IReadOnlyDictionary<string, string?>? Settings = null, IReadOnlyList<string>? Warm = null)
{
    /// <summary>The models that are installed; null takes what the settings say.</summary>
    public IModelStore? Models { get; init; }

    /// <summary>These engines and settings.</summary>
    public static InferenceSetup With(IEngine engine, params (string Name, object Value)[] settings) =>
        new([engine], settings.ToDictionary(setting => setting.Name, setting => Convert.ToString(setting.Value)));
}

/// <summary>Inference that runs, and how to reach it.</summary>
public sealed class InferenceUnderTest(IServiceProvider services, IInference inference, Func<ValueTask> stop) : IAsyncDisposable
{
    /// <summary>The port, by whatever adapter is tested.</summary>
    public IInference Inference => inference;

    /// <summary>The services of the process that does the work.</summary>
    public IServiceProvider Services => services;

    /// <summary>Starts inference in this process.</summary>
    public static async Task<InferenceUnderTest> InProcessAsync(InferenceSetup setup)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        Configure(builder, setup);
        var host = builder.Build();
        await host.StartAsync();
        return new(host.Services, host.Services.GetRequiredService<IInference>(), async () =>
        {
            await host.StopAsync();
            host.Dispose();
        });
    }

    /// <summary>Starts inference as a service that is called over HTTP.</summary>
    public static async Task<InferenceUnderTest> OverHttpAsync(InferenceSetup setup)
    {
        var host = await InferenceServiceHost.StartAsync(setup);
        var client = HttpInferenceClient.Of(host.Address);
        return new(host.Services, client, async () =>
        {
            client.Dispose();
            await host.DisposeAsync();
        });
    }

    /// <summary>Puts the engines and settings into a host.</summary>
    public static void Configure(IHostApplicationBuilder builder, InferenceSetup setup)
    {
        var settings = setup.Settings ?? new Dictionary<string, string?>();
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"{InferenceOptions.Section}:{setting.Key}", setting.Value)));
        builder.Configuration.AddInMemoryCollection(
            (setup.Warm ?? []).Select((id, index) => KeyValuePair.Create($"{ModelStoreOptions.Section}:Warm:{index}", (string?)id)));
        builder.AddStudioInference();
        if (setup.Models is { } models) builder.Services.Replace(ServiceDescriptor.Singleton(models));
        if (setup.Engines is not { } engines) return;

        builder.Services.RemoveAll<IEngine>();
        foreach (var engine in engines) builder.Services.AddSingleton(engine);
    }

    public ValueTask DisposeAsync() => stop();
}

/// <summary>Keeps every report, in the order they came.</summary>
public sealed class ProgressLog : IProgress<InferenceProgress>
{
    private readonly Lock _lock = new();
    private readonly List<InferenceProgress> _reports = [];

    /// <summary>What came so far.</summary>
    public IReadOnlyList<InferenceProgress> Reports
    {
        get
        {
            lock (_lock) return [.. _reports];
        }
    }

    public void Report(InferenceProgress value)
    {
        lock (_lock) _reports.Add(value);
    }
}
