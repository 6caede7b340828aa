using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Running;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>The studio's inference in this process, with one slot that has all cores.</summary>
internal sealed class StudioInProcess : IDisposable
{
    private readonly IHost _host;

    private StudioInProcess(IHost host) => _host = host;

    public IInference Inference => _host.Services.GetRequiredService<IInference>();

    public IPictureCodec Codec => _host.Services.GetRequiredService<IPictureCodec>();

    /// <summary>Whether a run holds a slot.</summary>
    public bool IsBusy => _host.Services.GetRequiredService<RunSlots>().Running > 0;

    public static StudioInProcess Start(CancellationToken cancellationToken, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create($"{InferenceOptions.Section}:Slots", (string?)"1")]);
        foreach (var (name, value) in settings) builder.Configuration[$"{InferenceOptions.Section}:{name}"] = value;
        builder.AddStudioInference();
        var host = builder.Build();
        host.StartAsync(cancellationToken).GetAwaiter().GetResult();
        return new(host);
    }

    /// <summary>Runs an operation on files in the order of its slots.</summary>
    public InferenceResult Run(
        string operation, string parameters, IReadOnlyList<InferenceInput> inputs, CancellationToken cancellationToken) =>
        Inference.RunAsync(new("benchmark", operation, parameters, inputs), null, cancellationToken).GetAwaiter().GetResult();

    public void Dispose()
    {
        _host.StopAsync().GetAwaiter().GetResult();
        _host.Dispose();
    }
}
