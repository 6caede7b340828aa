using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// CUDA in ONNX Runtime. A library built with CUDA adds it to a session itself; one built without it takes CUDA as a plugin, a
/// library of its own that is registered with the process and then offers its devices (the "plugin execution providers" of ONNX
/// Runtime 1.22 and later).
/// </summary>
internal static class CudaProvider
{
    /// <summary>The plugin's file name, looked for beside the studio's own assemblies.</summary>
    internal const string LibraryName = "libonnxruntime_providers_cuda.so";

    /// <summary>ONNX Runtime's name for it.</summary>
    internal const string ProviderName = "CUDAExecutionProvider";

    private const string RegistrationName = "studio-cuda";

    private static readonly Lock RegistrationLock = new();

    /// <summary>The way to CUDA that works here: a tiny model ran through it.</summary>
    /// <param name="library">The plugin's file; null looks beside the studio's own assemblies.</param>
    /// <param name="why">What works, or why nothing does.</param>
    /// <returns>What adds CUDA to a session's options; null when there is no way.</returns>
    public static Action<SessionOptions>? Find(string? library, out string why)
    {
        string builtIn, plugin;
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(ProviderName, StringComparer.Ordinal))
            builtIn = "ONNX Runtime is built without CUDA";
        else if (Works(AddBuiltIn, out builtIn))
            return Chosen(AddBuiltIn, "CUDA as ONNX Runtime was built with it", out why);

        var file = library ?? Path.Combine(AppContext.BaseDirectory, LibraryName);
        if (!File.Exists(file))
        {
            plugin = $"there is no plugin at {file}";
        }
        else if (Register(file, out plugin))
        {
            var devices = OrtEnv.Instance().GetEpDevices().Where(IsCuda).Take(1).ToArray();
            Action<SessionOptions> add = options => options.AppendExecutionProvider(OrtEnv.Instance(), devices, epOptions: null);
            if (devices.Length == 0) plugin = $"the plugin {file} finds no device";
            else if (Works(add, out plugin)) return Chosen(add, $"CUDA by the plugin {file}", out why);
        }

        why = $"{builtIn}; {plugin}";
        return null;
    }

    private static Action<SessionOptions> Chosen(Action<SessionOptions> add, string what, out string why)
    {
        why = what;
        return add;
    }

    private static void AddBuiltIn(SessionOptions options) => options.AppendExecutionProvider_CUDA(deviceId: 0);

    private static bool IsCuda(OrtEpDevice device) =>
        device.HardwareDevice.Type == OrtHardwareDeviceType.GPU && device.EpName.Contains("CUDA", StringComparison.OrdinalIgnoreCase);

    private static bool Works(Action<SessionOptions> add, out string why)
    {
        try
        {
            ProbeModel.Run(add);
            why = "";
            return true;
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            why = fault.Message;
            return false;
        }
    }

    // A library stays registered for as long as the process lives; registering it twice is an error.
    private static bool Register(string file, out string why)
    {
        lock (RegistrationLock)
        {
            try
            {
                var environment = OrtEnv.Instance();
                if (!environment.GetEpDevices().Any(IsCuda)) environment.RegisterExecutionProviderLibrary(RegistrationName, file);
                why = "";
                return true;
            }
            catch (Exception fault) when (fault is OnnxRuntimeException or SEHException)
            {
                why = fault.Message;
                return false;
            }
        }
    }
}
