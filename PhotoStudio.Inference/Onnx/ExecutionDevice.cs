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
        (_add, Missing, var why) = Choose(choice, options.Value.CudaLibrary);
        Name = _add is null ? "cpu" : "cuda";
        if (Missing is null) logger.DeviceChosen(Name, why);
        else logger.RuntimeMissing(Missing);
    }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Name { get; }

    /// <summary>Why no model can run at all; null when models can run.</summary>
    public string? Missing { get; }

    /// <summary>What is wrong with asking for CUDA on this machine; null when nothing is.</summary>
    /// <param name="library">The setting <c>Studio:Inference:CudaLibrary</c>.</param>
    internal static string? CudaMissing(string? library)
    {
        var (add, missing, why) = Choose(DeviceChoice.Cuda, library);
        return add is null ? missing ?? why : null;
    }

    /// <summary>Adds the device to a session's options; what a device cannot do, the processor does.</summary>
    internal void AddTo(SessionOptions options) => _add?.Invoke(options);

    private static (Action<SessionOptions>? Add, string? Missing, string Why) Choose(DeviceChoice choice, string? library)
    {
        try
        {
            ProbeModel.Run(addDevice: null);
            if (choice == DeviceChoice.Cpu) return (null, null, "Studio:Inference:Device asks for it");

            var add = CudaProvider.Find(library, out var why);
            return (add, null, why);
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException
            or BadImageFormatException or OnnxRuntimeException)
        {
            var cause = fault is TypeInitializationException { InnerException: { } inner } ? inner : fault;
            return (null, $"ONNX Runtime's native library cannot be used: {cause.Message}", "");
        }
    }
}
