using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Tests.Support;

/// <summary>A session store on the processor, with a folder for models.</summary>
public sealed class OnnxSessionsUnderTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    /// <summary>Makes the store.</summary>
    /// <param name="budget">Bytes that models may take; null leaves the default.</param>
    public OnnxSessionsUnderTest(long? budget = null)
    {
        var options = new InferenceOptions { Device = DeviceChoice.Cpu, Slots = 1 };
        options.Models.MemoryBytes = budget;
        var wrapped = Options.Create(options);
        Log = new SessionLog();
        Store = new(
            new ExecutionDevice(wrapped, NullLogger<ExecutionDevice>.Instance),
            wrapped,
            _services.GetRequiredService<IMeterFactory>(),
            TimeProvider.System,
            Log);
    }

    /// <summary>The store.</summary>
    public OnnxSessions Store { get; }

    /// <summary>What the store wrote to its log.</summary>
    public SessionLog Log { get; }

    /// <summary>The services that made the store's meter.</summary>
    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>A path in the folder.</summary>
    public string PathOf(string name) => _folder.In(name);

    /// <summary>A model y = x + weights, with as many weights as make a file of a little over 4 × count bytes.</summary>
    public OnnxModel Adder(string name, int count = 1, float weight = 1)
    {
        var path = new OnnxModelWriter().Input("x", 1, count).Output("y", 1, count)
            .Weights("w", [.. Enumerable.Repeat(weight, count)], 1, count).Add("x", "w", "y").Save(PathOf(name));
        return new(path, [new("x", 1, count)], [new("y", 1, count)]);
    }

    public void Dispose()
    {
        Store.Dispose();
        _services.Dispose();
        _folder.Dispose();
    }
}
