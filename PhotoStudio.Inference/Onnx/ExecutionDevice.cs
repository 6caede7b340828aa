using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;

namespace PhotoStudio.Inference.Onnx;

/// <summary>The device that models run on, chosen by <c>Studio:Inference:Device</c> and tried out before it is relied on.</summary>
public sealed class ExecutionDevice
{
    private readonly Action<SessionOptions>? _add;

    /// <summary>Chooses the device and says so in the log.</summary>
    public ExecutionDevice(IOptions<InferenceOptions> options, ILogger<ExecutionDevice> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var choice = options.Value.Device;
        (_add, var why, var fault) = Choose(choice, options.Value.CudaLibrary);
        Name = _add is null ? "cpu" : "cuda";
        Provider = _add is null ? null : CudaProvider.ProviderName;
        Queue = _add is null ? null : new();
        Missing = fault is null ? null : why;
        if (fault is null) logger.DeviceChosen(Name, why);
        else logger.RuntimeMissing(fault, why);
    }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Name { get; }

    /// <summary>ONNX Runtime's name of the provider that all operators should run on; null on the processor, which is where they all run.</summary>
    internal string? Provider { get; }

    /// <summary>The queue before the device; null for the processor, whose cores the runs share.</summary>
    internal DeviceQueue? Queue { get; }

    /// <summary>Why no model can run at all, fit to show to an owner; null when models can run.</summary>
    public string? Missing { get; }

    /// <summary>What is wrong with asking for CUDA on this machine; null when nothing is.</summary>
    /// <param name="library">The setting <c>Studio:Inference:CudaLibrary</c>.</param>
    internal static string? CudaMissing(string? library)
    {
        var (add, why, _) = Choose(DeviceChoice.Cuda, library);
        return add is null ? why : null;
    }

    /// <summary>Adds the device to a session's options; what a device cannot do, the processor does.</summary>
    internal void AddTo(SessionOptions options) => _add?.Invoke(options);

    private static (Action<SessionOptions>? Add, string Why, Exception? Fault) Choose(DeviceChoice choice, string? library)
    {
        try
        {
            ProbeModel.Run(addDevice: null);
            if (choice == DeviceChoice.Cpu) return (null, "Studio:Inference:Device asks for it", null);

            var add = CudaProvider.Find(library, out var why);
            return (add, why, null);
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException
            or BadImageFormatException or OnnxRuntimeException)
        {
            return (null, "ONNX Runtime's native library does not work on the studio's machine", fault);
        }
    }
}
